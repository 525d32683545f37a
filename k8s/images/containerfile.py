#!/usr/bin/env python3
"""Says the images once more as a Containerfile, for people who have a container engine. Without --write it is only printed."""

import json
import sys
from pathlib import Path

import oci
from images import IMAGES, ON_REQUEST, entrypoint

# Debian's packages are those of the machine that images are built on, so this is Debian as well.
HEAD = """\
# Written from images.py: change that, and run `python3 k8s/images/containerfile.py --write`. How to use it: README.md
FROM eclipse-temurin:25-jdk AS jdk

FROM golang:1.26-bookworm AS build
RUN apt-get update && apt-get install --yes --no-install-recommends maven npm python3-pip python3-venv
COPY --from=jdk /opt/java/openjdk /opt/java/openjdk
ENV JAVA_HOME=/opt/java/openjdk
COPY . /memoir
ARG REHEARSAL=--no-rehearsal
RUN /memoir/memoir images --roots --output /images $REHEARSAL
"""


def stage(name: str) -> str:
    settings = oci.settings(IMAGES[name].get("env", {}), entrypoint(IMAGES[name], IMAGES[name].get("rehearsed", False)))
    pairs = [f"ENV {key}={json.dumps(value)}" for key, value in (variable.split("=", 1) for variable in settings["Env"])]
    pairs += [f"LABEL {key}={json.dumps(value)}" for key, value in settings["Labels"].items()]
    return "\n".join([
        f"FROM scratch AS {name}",
        f"COPY --from=build /images/{name}/ /",
        *pairs,
        f"USER {settings['User']}",
        f"WORKDIR {settings['WorkingDir']}",
        f"ENTRYPOINT {json.dumps(settings['Entrypoint'])}",
    ]) + "\n"


def main():
    text = "\n".join([HEAD, *(stage(name) for name in IMAGES if name not in ON_REQUEST)])
    if sys.argv[1:] == ["--write"]:
        Path(__file__).with_name("Containerfile").write_text(text)
    else:
        sys.stdout.write(text)


if __name__ == "__main__":
    main()
