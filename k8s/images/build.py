#!/usr/bin/env python3
"""Builds Memoir's images as OCI archives, without a container engine. Called by ./memoir images."""

import argparse
import functools
import glob
import json
import os
import platform
import shutil
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

import debian
import elf
import foreign
import oci
import sbom
from images import IMAGES, JAVA_MODULES, ON_REQUEST, OTHER_JAVA, UNNEEDED, entrypoint

HERE = Path(__file__).resolve().parent
ACCOUNTS = {
    "etc/passwd": f"root:x:0:0:root:/root:/sbin/nologin\nnonroot:x:{oci.USER}:{oci.USER}:nonroot:/tmp:/sbin/nologin\n",
    "etc/group": f"root:x:0:\nnonroot:x:{oci.USER}:\n",
    "etc/nsswitch.conf": "hosts: files dns\n",
}
FOLDERS = ("tmp", "proc", "dev", "sys", "scratch", "var/lib")
THIS_MACHINE = {"x86_64": "amd64", "aarch64": "arm64"}.get(platform.machine(), platform.machine())


def say(text: str):
    print(text, file=sys.stderr, flush=True)


class Builder:
    def __init__(self, options: argparse.Namespace):
        self.options = options
        self.work = Path(options.output).resolve() / ".work"
        shutil.rmtree(self.work, ignore_errors=True)
        self.work.mkdir(parents=True)
        self.layers: dict[str, Path] = {}
        self.roots: dict[str, Path] = {}
        self.cross = options.arch != THIS_MACHINE

    @functools.cached_property
    def apt(self) -> list[str]:
        return debian.options(self.options.arch, Path(self.options.cache) / f"apt-{self.options.arch}") if self.cross else []

    # Each layer is a folder and a tar of it; images that need the same one share it.
    def layer(self, name: str, fill) -> Path:
        folder = self.work / "layers" / name
        if name not in self.layers:
            folder.parent.mkdir(parents=True, exist_ok=True)
            fill(folder)
            self.settle(folder)
            self.layers[name] = self.work / f"{name}.tar"
            oci.layer(folder, self.layers[name])
        return folder

    @staticmethod
    def settle(folder: Path):
        for path in [folder, *folder.rglob("*")]:
            os.utime(path, (oci.TIME, oci.TIME), follow_symlinks=False)

    def debian(self, packages: list[str]):
        def fill(folder: Path):
            found = debian.closure(packages, UNNEEDED, self.work, self.apt)
            debian.lay_out(found, self.options.arch, folder, Path(self.options.cache) / "deb", self.apt)
            accounts(folder)

        return fill

    def java(self, folder: Path):
        if self.cross:
            if self.options.arch not in OTHER_JAVA:
                sys.exit(f"memoir images: there is no Java runtime for {self.options.arch} here: "
                         "build on a machine of that kind")
            foreign.java(*OTHER_JAVA[self.options.arch], folder / "jre", self.work)
            return
        home = Path(os.environ["JAVA_HOME"])
        folder.mkdir()
        subprocess.run([home / "bin/jlink", "--add-modules", ",".join(JAVA_MODULES), "--strip-debug", "--no-header-files",
                        "--no-man-pages", "--output", folder / "jre"], check=True)
        self.settle(folder)
        for flags in ([], ["-XX:+UseCompactObjectHeaders"]):
            subprocess.run([folder / "jre/bin/java", "-Xshare:dump", "-Xlog:disable", "-Xlog:all=error:stderr", *flags],
                           check=True, stdout=subprocess.DEVNULL)

    def source(self, source: str) -> Path:
        kind, _, path = source.partition(":")
        if kind == "part":
            name, _, inside = path.partition("/")
            found = [file for parts in self.options.parts for file in sorted(glob.glob(f"{parts}/{name}-[0-9]*/{inside}"))]
        else:
            bases = {"dist": self.options.dist, "operator": self.options.operator, "here": HERE, "sources": HERE.parent.parent}
            found = [Path(bases[kind]) / path]
        if not found or not Path(found[-1]).exists():
            sys.exit(f"memoir images: {source} is missing")
        return Path(found[-1])

    def files(self, wanted: dict[str, str], links: dict[str, str]):
        def fill(folder: Path):
            folder.mkdir()
            for place, target in links.items():
                (folder / place.lstrip("/")).parent.mkdir(parents=True, exist_ok=True)
                (folder / place.lstrip("/")).symlink_to(target)
            for target, source in wanted.items():
                origin, place = self.source(source), folder / target.lstrip("/")
                place.parent.mkdir(parents=True, exist_ok=True)
                if origin.is_dir():
                    shutil.copytree(origin, place, symlinks=True, dirs_exist_ok=True)
                else:
                    shutil.copy(origin, place)
            for natives in folder.glob("app/lib/main/com.microsoft.onnxruntime.onnxruntime*.jar"):
                if self.cross:
                    foreign.natives(natives, self.options.arch, self.work)
                unpack_natives(natives, self.options.arch, folder / "natives")

        return fill

    def base(self, name: str, image: dict) -> list[str]:
        """The layers that need no rehearsal."""
        names = []
        if image.get("packages"):
            base = "debian-" + "-".join(sorted(set(image["packages"]) - {"libc6", "libgcc-s1", "libstdc++6", "zlib1g"}))
            names.append(base.rstrip("-"))
            self.layer(names[-1], self.debian(image["packages"]))
        else:
            names.append("accounts")
            self.layer("accounts", accounts)
        if image.get("java"):
            names.append("jre")
            self.layer("jre", self.java)
        names.append(name)
        self.layer(name, self.files(image["files"], image.get("links", {})))
        return names

    def unite(self, layers: list[str], root: Path):
        for part in layers:
            # Linked, not copied: a cache remembers the times of the files that it was made from.
            shutil.copytree(self.work / "layers" / part, root, symlinks=True, dirs_exist_ok=True, copy_function=os.link)

    def rehearse(self, images: list[str]):
        """Runs each function in the very root of its image, with real work, so that its JVM writes an AOT cache."""
        for name in images:
            root = self.work / "roots" / name
            self.unite(self.base(name, IMAGES[name]), root)
            self.roots[name] = root
        described = self.work / "roots.json"
        described.write_text(json.dumps([
            {"function": name.removeprefix("memoir-"), "root": str(root), "entrypoint": IMAGES[name]["entrypoint"],
             "env": IMAGES[name]["env"]} for name, root in self.roots.items()]))
        mounts = [root / place for root in self.roots.values() for place in ("proc", "dev")]
        # PostgreSQL runs as somebody who may not enter every home.
        data = Path(tempfile.mkdtemp(prefix="memoir-images-"))
        data.chmod(0o755)
        try:
            for place in mounts:
                subprocess.run(["mount", "--rbind", "/" + place.name, place], check=True)
            java = Path(os.environ["JAVA_HOME"]) / "bin/java"
            subprocess.run(
                [java, "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Dslf4j.internal.verbosity=ERROR",
                 "--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow", "-cp",
                 f"{self.options.dist}/runner/memoir-runner.jar:{self.options.dist}/runner/lib/*",
                 "dev.memoir.runner.rehearsal.InRoots", described, "--data", data, "--parts-cache", self.options.cache,
                 "--dist", self.options.dist, "--port", "0", "--store-port", "0"], check=True)
        finally:
            for place in mounts:
                subprocess.run(["umount", "--recursive", "--lazy", place], check=False)
            shutil.rmtree(data, ignore_errors=True)

    def cache(self, name: str):
        def fill(folder: Path):
            (folder / "app").mkdir(parents=True)
            shutil.copy(self.roots[name] / "app/app.aot", folder / "app/app.aot")

        return fill

    def build(self, name: str, image: dict):
        names = self.base(name, image)
        if name in self.roots:
            names.append(name + "-aot")
            self.layer(names[-1], self.cache(name))
        folders = [self.work / "layers" / part for part in names]
        for folder in folders:
            for file in elf.foreign(folder, self.options.arch):
                sys.exit(f"memoir images: {name} is for {self.options.arch}, "
                         f"but {file.relative_to(folder)} is for {elf.machine(file)}")
        output = Path(self.options.output) / (name + ("-" + self.options.arch if self.cross else ""))
        if self.options.roots:
            shutil.rmtree(output, ignore_errors=True)
            self.unite(names, output)
            (output / "tmp").chmod(0o1777)
        else:
            archive = oci.Archive()
            archive.add(f"{self.options.prefix}/{name}:{self.options.tag}", self.options.arch,
                        [self.layers[part] for part in names], image.get("env", {}), entrypoint(image, name in self.roots))
            archive.write(output.with_name(output.name + ".tar"))
        described = sbom.describe(name, self.options.tag, folders, self.parts(image), oci.CREATED)
        output.with_name(output.name + ".cdx.json").write_text(json.dumps(described, indent=1) + "\n")

    def parts(self, image: dict) -> list[tuple[str, str]]:
        """Names and versions of those that lie in the image."""
        found = []
        for source in image["files"].values():
            if source.startswith("part:"):
                name = source.removeprefix("part:").split("/")[0]
                file = self.source(source)
                parts = next(Path(parts) for parts in self.options.parts if file.is_relative_to(parts))
                found.append((name, file.relative_to(parts).parts[0].removeprefix(name + "-")))
        return found


def accounts(folder: Path):
    for place in FOLDERS:
        (folder / place).mkdir(parents=True, exist_ok=True)
    for file, text in ACCOUNTS.items():
        (folder / file).parent.mkdir(parents=True, exist_ok=True)
        (folder / file).write_text(text)


def unpack_natives(jar: Path, architecture: str, folder: Path):
    """A pod would unpack them again at each start."""
    inside = f"ai/onnxruntime/native/linux-{'x64' if architecture == 'amd64' else 'aarch64'}/"
    folder.mkdir(exist_ok=True)
    with zipfile.ZipFile(jar) as archive:
        for entry in archive.infolist():
            if entry.filename.startswith(inside) and not entry.is_dir():
                (folder / Path(entry.filename).name).write_bytes(archive.read(entry))


def main():
    parser = argparse.ArgumentParser(prog="memoir images", description=__doc__)
    parser.add_argument("images", nargs="*", metavar="IMAGE", help=f"which (default: all but {', '.join(ON_REQUEST)}): " + ", ".join(IMAGES))
    parser.add_argument("--all", action="store_true", help=f"{', '.join(ON_REQUEST)}, too")
    parser.add_argument("--output", required=True, help="folder for the archives")
    parser.add_argument("--prefix", default="dev.local", help="what their names begin with (default: dev.local)")
    parser.add_argument("--tag", default="0.1.0")
    parser.add_argument("--arch", choices=("amd64", "arm64"), default=THIS_MACHINE,
                        help="for which kind of machine (default: this one's; another one's are without AOT caches)")
    parser.add_argument("--roots", action="store_true", help="folders instead of archives, for the Containerfile")
    for internal in ("dist", "operator", "cache"):
        parser.add_argument("--" + internal, required=True, help=argparse.SUPPRESS)
    # The last folder that has a part counts.
    parser.add_argument("--parts", required=True, action="append", help=argparse.SUPPRESS)
    parser.add_argument("--no-rehearsal", dest="rehearse", action="store_false", help="without AOT caches: slower starts")
    options = parser.parse_args()
    unknown = [name for name in options.images if name not in IMAGES]
    if unknown:
        parser.error(f"there is no image {unknown[0]}")
    if options.rehearse and options.arch != THIS_MACHINE:
        say(f"memoir images: programs for {options.arch} can't be run here: built without AOT caches, so starts are slower")
        options.rehearse = False
    if options.rehearse and os.geteuid() != 0:
        say("memoir images: without root no program can be run in its image: built without AOT caches, so starts are slower")
        options.rehearse = False
    wanted = options.images or [name for name in IMAGES if options.all or name not in ON_REQUEST]
    for program in ("apt-get", "dpkg-deb"):
        if any(IMAGES[name].get("packages") for name in wanted) and not shutil.which(program):
            sys.exit(f"memoir images: {program} is missing: images are built on Debian or Ubuntu, since they consist of its packages")
    builder = Builder(options)
    if options.rehearse:
        say("rehearsing the functions in their images")
        builder.rehearse([name for name in wanted if IMAGES[name].get("rehearsed")])
    for name in wanted:
        say(f"building {name}")
        builder.build(name, IMAGES[name])
    shutil.rmtree(builder.work)


if __name__ == "__main__":
    main()
