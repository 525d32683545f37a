"""For which kind of machine programs and libraries are, as their own headers say it."""

from pathlib import Path

MACHINES = {62: "amd64", 183: "arm64"}


def machine(file: Path) -> str | None:
    """Of a little-endian ELF file, by its e_machine; None for any other file."""
    with file.open("rb") as content:
        header = content.read(20)
    if len(header) < 20 or header[:4] != b"\x7fELF":
        return None
    number = int.from_bytes(header[18:20], "little")
    return MACHINES.get(number, str(number))


def foreign(folder: Path, architecture: str) -> list[Path]:
    """The files below folder that run on another kind of machine only."""
    files = (path for path in folder.rglob("*") if path.is_file() and not path.is_symlink())
    return sorted(path for path in files if machine(path) not in (None, architecture))
