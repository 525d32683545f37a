#!/usr/bin/env python3
"""One operator and a thousand instances: its memory, and how long a restarted one takes until it has observed them all.

    bench/kubernetes/many_instances.py [--instances 1000]

Uses the testbed (k8s/testbed/testbed up) with the operator installed. The instances have external parts, and their namespace
allows no pods: what the operator makes and watches is there, what would run is not. Each is changed while the operator is away;
a change is observed when the status speaks of its generation.
"""

import argparse
import json
import tempfile
import time
from pathlib import Path

from cold_start import ISSUER, ISSUER_POD, NAMESPACE, Issuer, kubectl

OPERATOR = ("-n", "memoir-system")
SECRET = """
apiVersion: v1
kind: Secret
metadata: {{name: {name}, namespace: many, labels: {{memoir.dev/part-of: memoir}}}}
stringData: {content}
"""
INSTANCE = """
apiVersion: memoir.dev/v1alpha1
kind: MemoirInstance
metadata: {{name: family-{number}, namespace: many}}
spec:
  storage: {{external: {{endpoint: "https://s3.example.org", secret: bucket-key}}}}
  events: {{external: {{url: "tls://nats.example.org:4222", secret: login}}}}
  database: {{external: {{address: "db.example.org:5432", secret: login}}}}
  identity: {{issuer: "{issuer}", audience: "{audience}"}}
"""
QUOTA = """
apiVersion: v1
kind: ResourceQuota
metadata: {name: no-pods, namespace: many}
spec: {hard: {pods: "0"}}
"""


def instances(count: int, audience: str) -> str:
    return "---".join(INSTANCE.format(number=number, issuer=ISSUER, audience=audience) for number in range(count))


def observed() -> int:
    """Instances whose status speaks of their present generation."""
    listed = json.loads(kubectl("get", "--raw", "/apis/memoir.dev/v1alpha1/namespaces/many/memoirinstances"))
    return sum(one.get("status", {}).get("observedGeneration") == one["metadata"]["generation"] for one in listed["items"])


def await_observed(count: int, limit: int) -> float:
    begin = time.perf_counter()
    while (seen := observed()) < count:
        if time.perf_counter() - begin > limit:
            raise SystemExit(f"only {seen} of {count} were observed within {limit} s")
        time.sleep(0.5)
    return time.perf_counter() - begin


def operator_memory() -> float:
    """Proportional set of the operator's processes in MiB: of those that run in its pod."""
    pod = kubectl(*OPERATOR, "get", "pods", "-l", "app.kubernetes.io/name=memoir-operator", "-o", "name").strip().removeprefix("pod/")
    total = 0
    for environment in Path("/proc").glob("[0-9]*/environ"):
        try:
            if f"HOSTNAME={pod}".encode() in environment.read_bytes().split(b"\0"):
                rollup = (environment.parent / "smaps_rollup").read_text()
                total += next(int(line.split()[1]) for line in rollup.splitlines() if line.startswith("Pss:"))
        except (OSError, StopIteration):
            continue
    return total / 1024


def replicas(count: int):
    kubectl(*OPERATOR, "scale", "deployment/memoir-operator", f"--replicas={count}")
    if count == 0:
        while kubectl(*OPERATOR, "get", "pods", "-l", "app.kubernetes.io/name=memoir-operator", "-o", "name").strip():
            time.sleep(0.5)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--instances", type=int, default=1000)
    count = parser.parse_args().instances
    with tempfile.TemporaryDirectory() as folder:
        jwks = Issuer(Path(folder)).jwks
    for name in (NAMESPACE, "many"):
        kubectl("create", "namespace", name)
    try:
        measure(count, jwks)
    finally:
        replicas(1)
        for name in ("many", NAMESPACE):
            kubectl("delete", "namespace", name, "--wait=false")


def measure(count: int, jwks: str):
    discovery = json.dumps({"issuer": ISSUER, "jwks_uri": ISSUER + "/.well-known/jwks.json"})
    kubectl("-n", NAMESPACE, "create", "configmap", "issuer", f"--from-literal=openid-configuration={discovery}",
            f"--from-literal=jwks.json={jwks}")
    kubectl("apply", "-f", "-", text=ISSUER_POD)
    kubectl("-n", NAMESPACE, "wait", "pod/issuer", "--for=condition=Ready", "--timeout=60s")
    logins = SECRET.format(name="bucket-key", content='{accessKey: a, secretKey: b}') + "---" + \
        SECRET.format(name="login", content='{user: a, password: b}')
    kubectl("apply", "-f", "-", text=QUOTA + "---" + logins)
    print(f"before: {operator_memory():.0f} MiB", flush=True)
    begin = time.perf_counter()
    kubectl("apply", "--server-side", "-f", "-", text=instances(count, "first"))
    await_observed(count, 600)
    print(f"{count} instances made and observed after {time.perf_counter() - begin:.0f} s: {operator_memory():.0f} MiB", flush=True)
    replicas(0)
    kubectl("apply", "--server-side", "-f", "-", text=instances(count, "second"))
    replicas(1)
    kubectl(*OPERATOR, "rollout", "status", "deployment/memoir-operator", "--timeout=120s")
    took = await_observed(count, 600)
    print(f"restarted: all observed {took:.0f} s after it was ready", flush=True)
    time.sleep(30)
    print(f"at rest: {operator_memory():.0f} MiB", flush=True)


if __name__ == "__main__":
    main()
