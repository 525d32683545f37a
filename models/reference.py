#!/usr/bin/env python3
"""What the AI function must say, computed by Python's Pillow and onnxruntime: the goldens of its tests, and a rival in speed.

    pip install onnxruntime==1.21.1 pillow==11.3.0 numpy==2.4.6
    reference.py photos --models MODELS --objects MODELS FILE...   scores, best labels and objects as JSON (photos.json)
    reference.py photos --models MODELS --repeat 20 FILE…  and the milliseconds of each repetition, decoding included
    reference.py resampler                                 Pillow's resampling of a made-up picture (resampler.json)

The preparation is written down here again on purpose, apart from the catalogue that it checks.
"""

import argparse
import base64
import hashlib
import io
import json
import time
from pathlib import Path

import numpy as np
from PIL import Image

RESOURCES = Path(__file__).parent / "src/main/resources/dev/memoir/models"
TOP, BROADER = 5, 0.4
SQUARE, STRIDES, FLOOR = 416, (8, 16, 32), 0.4


def nsfw_input(picture: Image.Image) -> np.ndarray:
    squashed = picture.resize((256, 256), Image.Resampling.BILINEAR)
    jpeg = io.BytesIO()
    squashed.save(jpeg, "JPEG", quality=75)
    rgb = np.asarray(Image.open(jpeg), np.float32)[16:240, 16:240]
    return np.ascontiguousarray(rgb[None, :, :, ::-1] - np.array([104, 117, 123], np.float32))


def labels_input(picture: Image.Image) -> np.ndarray:
    side = int(min(picture.size) * 0.875)
    left, top = (picture.width - side + 1) // 2, (picture.height - side + 1) // 2
    square = picture.crop((left, top, left + side, top + side)).resize((224, 224), Image.Resampling.BICUBIC)
    return ((np.asarray(square, np.float32) - 127) / 128).transpose(2, 0, 1)[None]


def objects_input(picture: Image.Image) -> tuple[np.ndarray, tuple]:
    """The picture in the middle of a black square, and where that is."""
    scale = min(SQUARE / picture.width, SQUARE / picture.height)
    width, height = (int(side * scale + 0.5) for side in picture.size)
    left, top = (SQUARE - width) // 2, (SQUARE - height) // 2
    square = Image.new("RGB", (SQUARE, SQUARE))
    square.paste(picture.resize((width, height), Image.Resampling.BILINEAR), (left, top))
    bgr = np.asarray(square, np.float32)[:, :, ::-1]
    mean, deviation = np.array([103.53, 116.28, 123.675]), np.array([57.375, 57.12, 58.395])
    values = ((bgr - mean) / deviation).astype(np.float32)
    return values.transpose(2, 0, 1)[None], (left, top, width, height)


def objects_found(cells: np.ndarray, place: tuple, names: list[str]) -> list[dict]:
    """Boxes of the cells that are sure enough; of those of one class that overlap, the surest."""
    grids = [np.mgrid[stride // 2 : SQUARE : stride, stride // 2 : SQUARE : stride] for stride in STRIDES]
    y, x = np.concatenate([grid.reshape(2, -1) for grid in grids], 1)
    stride = np.concatenate([np.full(grid[0].size, stride) for grid, stride in zip(grids, STRIDES)])
    scores, weights = cells[:, :80], cells[:, 80:].reshape(-1, 4, 11).astype(float)
    weights = np.exp(weights - weights.max(2, keepdims=True))
    left, top, right, bottom = ((weights / weights.sum(2, keepdims=True)) @ np.arange(11) * stride[:, None]).T
    boxes = np.stack([x - left, y - top, x + right, y + bottom], 1)
    rows, kinds = np.nonzero(scores >= FLOOR)
    kept = []
    for row, kind in sorted(zip(rows, kinds), key=lambda one: -scores[one]):
        if all(kind != other or union_share(boxes[row], boxes[there]) <= 0.5 for there, other in kept):
            kept.append((row, kind))
    left, top, width, height = place
    corners = (boxes - [left, top, left, top]) / [width, height, width, height]
    return [
        {
            "name": names[kind],
            "confidence": float(scores[row, kind]),
            "box": [float(edge) for edge in corners[row].clip(0, 1)],
        }
        for row, kind in kept
    ]


def union_share(one: np.ndarray, other: np.ndarray) -> float:
    width, height = np.minimum(one[2:], other[2:]) - np.maximum(one[:2], other[:2])
    shared = max(width, 0) * max(height, 0)
    areas = [(box[2] - box[0]) * (box[3] - box[1]) for box in (one, other)]
    return shared / (sum(areas) - shared)


class Reference:
    def __init__(self, models: Path, objects: Path | None, threads: int):
        import onnxruntime

        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = threads
        options.add_session_config_entry("session.intra_op.allow_spinning", "0")

        def session(path):
            return onnxruntime.InferenceSession(path, options, providers=["CPUExecutionProvider"])

        self.nsfw = session(models / "open-nsfw/1/open-nsfw.onnx")
        self.labels = session(models / "efficientnet-lite0/2/efficientnet-lite0.onnx")
        self.names = json.loads((models / "efficientnet-lite0/2/labels.json").read_text(encoding="utf-8"))
        self.concepts = json.loads((RESOURCES / "concepts.json").read_text(encoding="utf-8"))
        self.objects = objects and session(objects / "nanodet-g/1/nanodet-g.onnx")
        catalogue = json.loads((RESOURCES / "objects.json").read_text(encoding="utf-8"))
        self.things = catalogue["models"][0]["output"]["names"]

    def look(self, content: bytes) -> dict:
        picture = Image.open(io.BytesIO(content)).convert("RGB")
        nsfw = self.nsfw.run(["outputs"], {"input:0": nsfw_input(picture)})[0][0, 1]
        probabilities = self.labels.run(["probs"], {"image": labels_input(picture)})[0][0]
        best = np.argsort(-probabilities)[:TOP]
        labels = [{"name": self.names[i], "confidence": float(probabilities[i])} for i in best]
        said = {"nsfw": float(nsfw), "labels": labels, "broader": self.broader(probabilities)}
        if self.objects:
            values, place = objects_input(picture)
            cells = self.objects.run(["cells"], {"image": values})[0][0]
            said["objects"] = objects_found(cells, place, self.things)
        return said

    def broader(self, probabilities: np.ndarray) -> list[dict]:
        """The words whose classes together are sure enough."""
        sums = {
            concept["name"]: float(sum(probabilities[first : last + 1].sum() for first, last in concept["classes"]))
            for concept in self.concepts
        }
        return [{"name": name, "confidence": total} for name, total in sums.items() if total >= BROADER]


def photos(arguments) -> list:
    reference, rows = Reference(arguments.models, arguments.objects, arguments.threads), []
    for path in arguments.files:
        content = path.read_bytes()
        row = {"file": path.name, "sha256": hashlib.sha256(content).hexdigest(), **reference.look(content)}
        if arguments.repeat:
            times = []
            for _ in range(arguments.repeat):
                start = time.perf_counter()
                reference.look(content)
                times.append(round((time.perf_counter() - start) * 1000, 2))
            row["milliseconds"] = times
        rows.append(row)
    return rows


def made_up(width: int, height: int) -> Image.Image:
    """Noise from a linear congruential generator (Numerical Recipes), so that Java makes the same picture."""
    seed, values = 1, bytearray()
    for _ in range(width * height * 3):
        seed = (seed * 1664525 + 1013904223) % 2**32
        values.append(seed >> 24)
    return Image.frombytes("RGB", (width, height), bytes(values))


def resampler(_arguments) -> list:
    cases = [
        ("bilinear", (97, 61), (16, 16)),
        ("bilinear", (20, 30), (31, 17)),
        ("bicubic", (97, 61), (16, 16)),
        ("bicubic", (20, 30), (31, 17)),
        ("bicubic", (24, 24), (24, 9)),
        ("bilinear", (1, 5), (4, 2)),
    ]
    return [
        {
            "filter": name,
            "from": list(source),
            "to": list(target),
            "rgb": base64.b64encode(
                made_up(*source).resize(target, Image.Resampling[name.upper()]).tobytes()
            ).decode(),
        }
        for name, source, target in cases
    ]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    commands = parser.add_subparsers(required=True)
    look = commands.add_parser("photos", help="scores, labels, times")
    look.add_argument("--models", type=Path, required=True, help="what convert.py wrote")
    look.add_argument("--repeat", type=int, default=0, help="times each photo is looked at for its milliseconds")
    look.add_argument("--threads", type=int, default=1, help="threads for each model")
    look.add_argument("--objects", type=Path, help="folder with the model that finds objects")
    look.add_argument("files", type=Path, nargs="+")
    look.set_defaults(run=photos)
    commands.add_parser("resampler", help="goldens of the resampler").set_defaults(run=resampler)
    arguments = parser.parse_args()
    print(json.dumps(arguments.run(arguments), indent=1, ensure_ascii=False))


if __name__ == "__main__":
    main()
