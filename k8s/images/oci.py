"""Writes OCI image archives. The same files give the same bytes: names are sorted, times and owners are fixed."""

import functools
import hashlib
import io
import json
import os
import stat
import tarfile
from pathlib import Path

# Whole seconds, since a tar knows no others; the JVM's caches remember the times of the files that they were made from.
TIME = 1767225600
CREATED = "2026-01-01T00:00:00Z"
USER = 65532
OCI = "application/vnd.oci.image."


def layer(root: Path, target: Path):
    """Packs all below root into target."""
    with tarfile.open(target, "w", format=tarfile.GNU_FORMAT) as tar:
        for path in sorted(root.rglob("*"), key=lambda p: p.relative_to(root).as_posix()):
            name = path.relative_to(root).as_posix()
            status = path.lstat()
            entry = tarfile.TarInfo(name)
            entry.mtime = TIME
            if stat.S_ISLNK(status.st_mode):
                entry.type, entry.linkname, entry.mode = tarfile.SYMTYPE, os.readlink(path), 0o777
                tar.addfile(entry)
            elif stat.S_ISDIR(status.st_mode):
                entry.type = tarfile.DIRTYPE
                entry.mode = 0o1777 if name == "tmp" else 0o755
                tar.addfile(entry)
            else:
                entry.size = status.st_size
                entry.mode = 0o755 if status.st_mode & 0o100 else 0o644
                with path.open("rb") as content:
                    tar.addfile(entry, content)


@functools.cache  # a layer is made once, and several images have it
def digest(file: Path) -> str:
    with file.open("rb") as content:
        return "sha256:" + hashlib.file_digest(content, "sha256").hexdigest()


def settings(env: dict[str, str], entrypoint: list[str]) -> dict:
    """How a container of an image is started, in the words of OCI's image configuration."""
    return {
        "User": f"{USER}:{USER}",
        "Env": [f"{key}={value}" for key, value in {"PATH": "/usr/bin:/bin", **env}.items()],
        "Entrypoint": entrypoint,
        "WorkingDir": "/",
        "Labels": {"org.opencontainers.image.licenses": "Apache-2.0", "org.opencontainers.image.vendor": "Memoir"},
    }


class Archive:
    """An archive of one or several images, which share the layers that they have in common."""

    def __init__(self):
        self.blobs: dict[str, bytes | Path] = {}
        self.manifests: list[dict] = []

    def _blob(self, media_type: str, content: bytes | Path) -> dict:
        if isinstance(content, Path):
            name, size = digest(content), content.stat().st_size
        else:
            name, size = "sha256:" + hashlib.sha256(content).hexdigest(), len(content)
        self.blobs[name] = content
        return {"mediaType": OCI + media_type, "digest": name, "size": size}

    def add(self, name: str, architecture: str, layers: list[Path], env: dict[str, str], entrypoint: list[str]):
        described = [self._blob("layer.v1.tar", file) for file in layers]
        config = {
            "architecture": architecture,
            "os": "linux",
            "created": CREATED,
            "config": settings(env, entrypoint),
            "rootfs": {"type": "layers", "diff_ids": [blob["digest"] for blob in described]},
            "history": [{"created": CREATED, "created_by": file.stem} for file in layers],
        }
        manifest = {
            "schemaVersion": 2,
            "mediaType": OCI + "manifest.v1+json",
            "config": self._blob("config.v1+json", json.dumps(config).encode()),
            "layers": described,
        }
        entry = self._blob("manifest.v1+json", json.dumps(manifest).encode())
        entry["annotations"] = {
            "io.containerd.image.name": name,
            "org.opencontainers.image.ref.name": name.rsplit("/", 1)[-1],
        }
        entry["platform"] = {"architecture": architecture, "os": "linux"}
        self.manifests.append(entry)

    def write(self, target: Path):
        unfinished = target.with_name(target.name + ".part")
        with tarfile.open(unfinished, "w", format=tarfile.GNU_FORMAT) as tar:
            self._entry(tar, "oci-layout", b'{"imageLayoutVersion":"1.0.0"}')
            index = {"schemaVersion": 2, "mediaType": OCI + "index.v1+json", "manifests": self.manifests}
            self._entry(tar, "index.json", json.dumps(index).encode())
            for name, content in sorted(self.blobs.items()):
                self._entry(tar, "blobs/" + name.replace(":", "/"), content)
        unfinished.replace(target)

    @staticmethod
    def _entry(tar: tarfile.TarFile, name: str, content: bytes | Path):
        entry = tarfile.TarInfo(name)
        entry.mtime, entry.mode = TIME, 0o644
        if isinstance(content, Path):
            entry.size = content.stat().st_size
            with content.open("rb") as file:
                tar.addfile(entry, file)
        else:
            entry.size = len(content)
            tar.addfile(entry, io.BytesIO(content))
