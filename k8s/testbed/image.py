#!/usr/bin/env python3
"""Makes an OCI image archive of one layer from files, without a container engine.

    image.py ARCHIVE NAME ENTRYPOINT FILE=/PATH/IN/IMAGE…

The image runs as user 65532. The same files give the same bytes.
"""

import hashlib
import io
import json
import sys
import tarfile
from pathlib import Path

USER = 65532
ACCOUNTS = {
    "etc/passwd": f"root:x:0:0:root:/root:/sbin/nologin\nnonroot:x:{USER}:{USER}:nonroot:/home/nonroot:/sbin/nologin\n",
    "etc/group": f"root:x:0:\nnonroot:x:{USER}:\n",
    "etc/nsswitch.conf": "hosts: files dns\n",
}
FOLDERS = {"etc": 0o755, "tmp": 0o1777, "var": 0o755, "var/run": 0o755, "home": 0o755}


def add(tar: tarfile.TarFile, name: str, content: bytes | None, mode: int):
    entry = tarfile.TarInfo(name)
    entry.mode = mode
    if content is None:
        entry.type = tarfile.DIRTYPE
        tar.addfile(entry)
    else:
        entry.size = len(content)
        tar.addfile(entry, io.BytesIO(content))


def layer(files: dict[str, Path]) -> bytes:
    buffer, made = io.BytesIO(), set(FOLDERS)
    with tarfile.open(fileobj=buffer, mode="w") as tar:
        for folder, mode in FOLDERS.items():
            add(tar, folder, None, mode)
        for name, text in ACCOUNTS.items():
            add(tar, name, text.encode(), 0o644)
        for name, source in sorted(files.items()):
            for parent in reversed(Path(name).parents[:-1]):
                if str(parent) not in made:
                    add(tar, str(parent), None, 0o755)
                    made.add(str(parent))
            add(tar, name, source.read_bytes(), 0o755)
    return buffer.getvalue()


def blob(blobs: dict[str, bytes], media_type: str, content: bytes) -> dict:
    digest = hashlib.sha256(content).hexdigest()
    blobs[digest] = content
    return {"mediaType": media_type, "digest": "sha256:" + digest, "size": len(content)}


def image(name: str, entrypoint: str, files: dict[str, Path]) -> tuple[dict, dict[str, bytes]]:
    oci, blobs = "application/vnd.oci.image.", {}
    content = blob(blobs, oci + "layer.v1.tar", layer(files))
    epoch = "1970-01-01T00:00:00Z"
    config = {
        "architecture": "amd64",
        "os": "linux",
        "created": epoch,
        "config": {"User": f"{USER}:{USER}", "Env": ["PATH=/:/bin:/usr/bin"], "Entrypoint": [entrypoint]},
        "rootfs": {"type": "layers", "diff_ids": [content["digest"]]},
        "history": [{"created": epoch}],
    }
    manifest = {
        "schemaVersion": 2,
        "mediaType": oci + "manifest.v1+json",
        "config": blob(blobs, oci + "config.v1+json", json.dumps(config).encode()),
        "layers": [content],
    }
    described = blob(blobs, oci + "manifest.v1+json", json.dumps(manifest).encode())
    described["annotations"] = {
        "io.containerd.image.name": name,
        "org.opencontainers.image.ref.name": name.rsplit(":", 1)[1],
    }
    return {"schemaVersion": 2, "manifests": [described]}, blobs


def main(archive: str, name: str, entrypoint: str, *pairs: str):
    files = {target.lstrip("/"): Path(source) for source, target in (pair.split("=", 1) for pair in pairs)}
    index, blobs = image(name, entrypoint, files)
    with tarfile.open(archive, "w") as tar:
        add(tar, "oci-layout", b'{"imageLayoutVersion":"1.0.0"}', 0o644)
        add(tar, "index.json", json.dumps(index).encode(), 0o644)
        for digest, content in blobs.items():
            add(tar, "blobs/sha256/" + digest, content, 0o644)


if __name__ == "__main__":
    if len(sys.argv) < 5:
        sys.exit(__doc__)
    main(*sys.argv[1:])
