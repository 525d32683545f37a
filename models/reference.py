#!/usr/bin/env python3
"""What the AI function must say, computed by Python's Pillow and onnxruntime: the goldens of its tests, and a rival in speed.

    pip install onnxruntime==1.21.1 pillow==11.3.0 numpy==2.4.6
    reference.py photos --models MODELS FILE...            scores and best labels as JSON (the test's photos.json)
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

TOP = 5


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


class Reference:
    def __init__(self, models: Path, threads: int):
        import onnxruntime

        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = threads
        options.add_session_config_entry("session.intra_op.allow_spinning", "0")

        def session(path):
            return onnxruntime.InferenceSession(models / path, options, providers=["CPUExecutionProvider"])

        self.nsfw = session("open-nsfw/1/open-nsfw.onnx")
        self.labels = session("efficientnet-lite0/1/efficientnet-lite0.onnx")
        self.names = json.loads((models / "efficientnet-lite0/1/labels.json").read_text(encoding="utf-8"))

    def look(self, content: bytes) -> dict:
        picture = Image.open(io.BytesIO(content)).convert("RGB")
        nsfw = self.nsfw.run(["outputs"], {"input:0": nsfw_input(picture)})[0][0, 1]
        probabilities = self.labels.run(["probs"], {"image": labels_input(picture)})[0][0]
        best = np.argsort(-probabilities)[:TOP]
        labels = [{"name": self.names[i], "confidence": float(probabilities[i])} for i in best]
        return {"nsfw": float(nsfw), "labels": labels}


def photos(arguments) -> list:
    reference, rows = Reference(arguments.models, arguments.threads), []
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
    look.add_argument("files", type=Path, nargs="+")
    look.set_defaults(run=photos)
    commands.add_parser("resampler", help="goldens of the resampler").set_defaults(run=resampler)
    arguments = parser.parse_args()
    print(json.dumps(arguments.run(arguments), indent=1, ensure_ascii=False))


if __name__ == "__main__":
    main()
