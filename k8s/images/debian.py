"""Lays out Debian packages below a folder, without installing any: apt says what they need, dpkg-deb unpacks them."""

import re
import subprocess
import tarfile
from pathlib import Path

# Not needed to run anything. Licences (usr/share/doc/*/copyright) stay.
DROPPED = re.compile(
    r"(usr/share/(man|locale|info|lintian|bug|doc-base|bash-completion|mime|fonts)/|usr/share/doc/.*/(?!copyright$)"
    r"|var/(cache|log)/|etc/(cron|init|logrotate)|usr/lib/systemd/)"
)
# Debian's packages still name these; all of them are links into usr.
MERGED = ("bin", "sbin", "lib", "lib32", "lib64", "libx32")


def options(architecture: str, state: Path) -> list[str]:
    """Of apt, for packages of another architecture than this machine's: with lists of its own, which are brought up to date."""
    for folder in ("lists/partial", "cache/archives/partial"):
        (state / folder).mkdir(parents=True, exist_ok=True)
    said = [part for option in (f"APT::Architecture={architecture}", f"APT::Architectures::={architecture}",
                                f"Dir::State::lists={state}/lists", f"Dir::Cache={state}/cache") for part in ("-o", option)]
    subprocess.run(["apt-get", "-q", *said, "update"], check=True, stdout=subprocess.DEVNULL)
    return said


def closure(packages: list[str], without: set[str], work: Path, apt: list[str]) -> dict[str, str]:
    """All packages that these need, with their versions; packages without anything of Debian's base system are asked for.
    apt: its options."""
    status, archives = work / "empty-status", work / "empty-archives"
    status.write_text("")
    (archives / "partial").mkdir(parents=True, exist_ok=True)
    # Neither what is installed here counts nor what apt has downloaded before.
    said = subprocess.run(
        ["apt-get", "-q", "-y", "--print-uris", *apt, "-o", f"Dir::State::status={status}", "-o", f"Dir::Cache::archives={archives}",
         "-o", "APT::Install-Recommends=0", "install", *packages],
        check=True, capture_output=True, text=True).stdout
    found = re.findall(r"^'[^']+' ([^_\s]+)_([^_\s]+)_\S+\.deb ", said, re.MULTILINE)
    return {name: version.replace("%3a", ":") for name, version in found if name not in without}


def lay_out(packages: dict[str, str], architecture: str, root: Path, cache: Path, apt: list[str]):
    cache.mkdir(parents=True, exist_ok=True)
    root.mkdir(parents=True)
    for folder in ("bin", "sbin", "lib", "lib64"):
        (root / "usr" / folder).mkdir(parents=True, exist_ok=True)
        (root / folder).symlink_to(f"usr/{folder}")
    missing = [f"{name}={version}" for name, version in packages.items() if not archive(cache, name, version, architecture)]
    if missing:
        subprocess.run(["apt-get", "-q", *apt, "download", *missing], cwd=cache, check=True, stdout=subprocess.DEVNULL,
                       stderr=subprocess.DEVNULL)
    for name, version in sorted(packages.items()):
        deb = archive(cache, name, version, architecture)
        unpack(deb, root)
        described = subprocess.run(["dpkg-deb", "-f", deb], check=True, capture_output=True).stdout
        # Where scanners look for what an image consists of.
        note = root / "var/lib/dpkg/status.d" / name
        note.parent.mkdir(parents=True, exist_ok=True)
        note.write_bytes(described)


def archive(cache: Path, name: str, version: str, architecture: str) -> Path | None:
    found = [cache / f"{name}_{version.replace(':', '%3a')}_{of}.deb" for of in (architecture, "all")]
    return next((deb for deb in found if deb.exists()), None)


def unpack(deb: Path, root: Path):
    with subprocess.Popen(["dpkg-deb", "--fsys-tarfile", deb], stdout=subprocess.PIPE) as process:
        with tarfile.open(fileobj=process.stdout, mode="r|") as tar:
            for entry in tar:
                name = entry.name.removeprefix("./").rstrip("/")
                if not name or DROPPED.match(name + ("/" if entry.isdir() else "")):
                    continue
                if name.split("/", 1)[0] in MERGED:
                    name = "usr/" + name
                entry.name = name
                if entry.isdir():
                    (root / name).mkdir(parents=True, exist_ok=True)
                    continue
                (root / name).parent.mkdir(parents=True, exist_ok=True)
                if entry.islnk():
                    entry.linkname = entry.linkname.removeprefix("./")
                tar.extract(entry, root, set_attrs=False, filter="fully_trusted")
                if entry.isfile():
                    (root / name).chmod(0o755 if entry.mode & 0o100 else 0o644)
    if process.returncode != 0:
        raise OSError(f"{deb} can't be unpacked")
