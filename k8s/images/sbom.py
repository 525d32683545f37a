"""What an image consists of, as CycloneDX 1.6: Debian packages, Java libraries, the Java runtime and native parts."""

import re
import zipfile
from pathlib import Path
from urllib.parse import quote


def describe(name: str, tag: str, root: list[Path], parts: list[tuple[str, str]], created: str) -> dict:
    """root: the folders that lie above each other in the image; parts: names and versions of what comes as a part."""
    found: dict[str, dict] = {}
    for folder in root:
        for component in [*debian(folder), *jars(folder), *runtime(folder)]:
            found[component["bom-ref"]] = component
    for part, version in parts:
        component = entry(part, version, f"pkg:generic/{part}@{quote(version)}")
        found[component["bom-ref"]] = component
    return {
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "version": 1,
        "metadata": {"timestamp": created, "component": {"type": "container", "name": name, "version": tag}},
        "components": [found[ref] for ref in sorted(found)],
    }


def entry(name: str, version: str, purl: str, group: str | None = None) -> dict:
    component = {"type": "library", "bom-ref": purl, "name": name, "version": version, "purl": purl}
    return {**component, "group": group} if group else component


def debian(folder: Path):
    for note in (folder / "var/lib/dpkg/status.d").glob("*"):
        fields = dict(re.findall(r"^(Package|Version|Architecture): (.+)$", note.read_text(), re.MULTILINE))
        yield entry(fields["Package"], fields["Version"],
                    f"pkg:deb/debian/{quote(fields['Package'])}@{quote(fields['Version'])}?arch={fields['Architecture']}")


def jars(folder: Path):
    for jar in folder.glob("app/**/*.jar"):
        with zipfile.ZipFile(jar) as archive:
            said = [name for name in archive.namelist() if re.fullmatch(r"META-INF/maven/[^/]+/[^/]+/pom\.properties", name)]
            for name in said:
                fields = dict(re.findall(r"^(groupId|artifactId|version)=(.+?)\r?$", archive.read(name).decode(), re.MULTILINE))
                if len(fields) == 3:
                    yield entry(fields["artifactId"], fields["version"],
                                f"pkg:maven/{fields['groupId']}/{fields['artifactId']}@{quote(fields['version'])}", fields["groupId"])
            if not said:
                # Some libraries are not built by Maven; the name of the file is all that they say.
                name, _, version = re.fullmatch(r"(.+?)(-(\d.*))?", jar.stem).groups()
                yield entry(name, version or "", f"pkg:generic/{quote(name)}@{quote(version or '0')}")


def runtime(folder: Path):
    release = folder / "jre/release"
    if release.exists():
        version = re.search(r'JAVA_(?:RUNTIME_)?VERSION="([^"]+)"', release.read_text()).group(1)
        yield entry("java-runtime", version, f"pkg:generic/java-runtime@{quote(version)}")
