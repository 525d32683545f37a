#!/usr/bin/env python3
"""First answers from zero on a real cluster: Memoir's API against an empty Go service with the same pod settings, in turns.

    bench/kubernetes/cold_start.py [--rounds 12]

Uses the testbed (k8s/testbed/testbed up) with Memoir's images loaded and the operator installed; makes a namespace of its own
and removes it. Each round waits until every pod of both is gone. Prints medians and 95th percentiles in milliseconds, then the
time from putting a photo until it is visible, and what the always-on pods take.
"""

import argparse
import base64
import json
import math
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
TESTBED = str(ROOT / "k8s/testbed/testbed")
NAMESPACE = "bench"
ISSUER = f"http://issuer.{NAMESPACE}.svc.cluster.local:8080"
INGRESS = ("10.96.0.80:80", 18180)
HOST = "photos.example.test"

POD_SETTINGS = """
      automountServiceAccountToken: false
      enableServiceLinks: false
      containers:
        - image: dev.local/hello:1
          readinessProbe: {httpGet: {path: /, port: 8080}, periodSeconds: 1}
          ports: [{containerPort: 8080}]
          resources: {requests: {cpu: 100m, memory: 192Mi}, limits: {memory: 384Mi}}
"""
HELLO = f"""
apiVersion: serving.knative.dev/v1
kind: Service
metadata: {{name: hello, namespace: {NAMESPACE}}}
spec:
  template:
    metadata: {{annotations: {{autoscaling.knative.dev/window: 6s, autoscaling.knative.dev/initial-scale: "0"}}}}
    spec:{POD_SETTINGS}
"""
ISSUER_POD = """
apiVersion: v1
kind: Pod
metadata: {name: issuer, namespace: bench, labels: {app: issuer}}
spec:
  containers:
    - name: issuer
      image: dev.local/memoir-postgresql:0.1.0
      command: [/usr/bin/busybox, httpd, -f, -p, "8080", -h, /www]
      volumeMounts: [{name: files, mountPath: /www/.well-known}]
  volumes: [{name: files, configMap: {name: issuer}}]
---
apiVersion: v1
kind: Service
metadata: {name: issuer, namespace: bench}
spec: {selector: {app: issuer}, ports: [{port: 8080}]}
"""
INSTANCE = f"""
apiVersion: memoir.dev/v1alpha1
kind: MemoirInstance
metadata: {{name: photos, namespace: {NAMESPACE}}}
spec:
  storage: {{managed: {{size: 1Gi}}}}
  database: {{managed: {{size: 1Gi}}}}
  events: {{managed: {{size: 1Gi}}}}
  identity: {{issuer: "{ISSUER}", audience: memoir}}
  edge: {{host: {HOST}, ingressClass: traefik}}
  functions: {{api: {{idleSeconds: 6}}, postprocessor: {{idleSeconds: 6}}, ai: {{idleSeconds: 6}}}}
"""


def kubectl(*arguments: str, text: str | None = None) -> str:
    return subprocess.run([TESTBED, "kubectl", *arguments], input=text, check=True, capture_output=True, text=True).stdout


def b64(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


class Issuer:
    """An ES256 key pair (RFC 7518), by openssl."""

    def __init__(self, folder: Path):
        self.key = folder / "key.pem"
        subprocess.run(["openssl", "ecparam", "-genkey", "-name", "prime256v1", "-noout", "-out", self.key], check=True)
        der = subprocess.run(["openssl", "ec", "-in", self.key, "-pubout", "-outform", "DER"], check=True, capture_output=True).stdout
        point = der[-64:]
        self.jwks = json.dumps({"keys": [{"kty": "EC", "crv": "P-256", "kid": "1", "alg": "ES256", "use": "sig",
                                          "x": b64(point[:32]), "y": b64(point[32:])}]})

    def token(self) -> str:
        claims = {"iss": ISSUER, "aud": "memoir", "sub": "home", "exp": int(time.time()) + 7200, "groups": ["family"],
                  "attributes": {"adult": "true"}}
        signed = ".".join(b64(json.dumps(part).encode()) for part in ({"alg": "ES256", "kid": "1"}, claims))
        der = subprocess.run(["openssl", "dgst", "-sha256", "-sign", self.key], input=signed.encode(), check=True,
                             capture_output=True).stdout
        numbers, at = [], 2
        for _ in range(2):
            length = der[at + 1]
            numbers.append(int.from_bytes(der[at + 2:at + 2 + length], "big").to_bytes(32, "big"))
            at += 2 + length
        return signed + "." + b64(b"".join(numbers))


def ask(host: str, path: str, body: bytes | None = None, token: str | None = None) -> tuple[float, bytes]:
    headers = {"Host": host, "Content-Type": "application/json"}
    if token:
        headers["Authorization"] = "Bearer " + token
    request = urllib.request.Request(f"http://127.0.0.1:{INGRESS[1]}{path}", data=body, headers=headers)
    begin = time.perf_counter()
    with urllib.request.urlopen(request, timeout=60) as answer:
        content = answer.read()
    return (time.perf_counter() - begin) * 1000, content


def await_no_pods():
    """Until nobody wants any; those that only take their time to end are taken away."""
    ours = ("-n", NAMESPACE)
    while kubectl(*ours, "get", "deployments", "-l", "serving.knative.dev/service", "-o",
                  "jsonpath={.items[*].spec.replicas}").replace("0", "").strip():
        time.sleep(0.5)
    kubectl(*ours, "delete", "pods", "-l", "serving.knative.dev/service", "--force", "--grace-period=0")
    time.sleep(1.5)


def graphql(token: str) -> tuple[float, dict]:
    took, content = ask(HOST, "/graphql", json.dumps({"query": "{ assets(first: 5) { edges { node { state } } } }"}).encode(), token)
    answer = json.loads(content)
    if "errors" in answer:
        sys.exit(f"the API answered with errors: {answer['errors']}")
    return took, answer


def show(name: str, times: list[float], base: list[float]):
    p95 = sorted(times)[max(0, math.ceil(0.95 * len(times)) - 1)]
    print(f"{name:28} p50 {statistics.median(times):7.0f}  p95 {p95:7.0f}  min {min(times):7.0f}  "
          f"p50 ratio {statistics.median(times) / statistics.median(base):.2f}", flush=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=12)
    rounds = parser.parse_args().rounds
    with tempfile.TemporaryDirectory() as folder:
        issuer = Issuer(Path(folder))
        token = issuer.token()
    kubectl("create", "namespace", NAMESPACE)
    try:
        measure(rounds, issuer.jwks, token)
    finally:
        kubectl("delete", "namespace", NAMESPACE, "--wait=false")


def serve_issuer(jwks: str):
    discovery = json.dumps({"issuer": ISSUER, "jwks_uri": ISSUER + "/.well-known/jwks.json"})
    kubectl("-n", NAMESPACE, "create", "configmap", "issuer", f"--from-literal=openid-configuration={discovery}",
            f"--from-literal=jwks.json={jwks}")
    kubectl("apply", "-f", "-", text=ISSUER_POD)


def measure(rounds: int, jwks: str, token: str):
    serve_issuer(jwks)
    kubectl("apply", "-f", "-", text=HELLO)
    begin = time.perf_counter()
    kubectl("apply", "-f", "-", text=INSTANCE)
    kubectl("-n", NAMESPACE, "wait", "memoirinstance/photos", "--for=condition=Ready", "--timeout=120s")
    print(f"apply to Ready {time.perf_counter() - begin:.1f} s", flush=True)
    kubectl("-n", NAMESPACE, "wait", "ksvc/hello", "--for=condition=Ready", "--timeout=60s")
    subprocess.run([TESTBED, "forward", str(INGRESS[1]), INGRESS[0]], check=True)
    hello, api = [], []
    for number in range(rounds + 1):
        await_no_pods()
        small = ask(f"hello.{NAMESPACE}.example.test", "/")[0]
        await_no_pods()
        large = graphql(token)[0]
        if number > 0:
            hello.append(small)
            api.append(large)
    show("empty Go service", hello, hello)
    show("Memoir's first answer", api, hello)
    warm = [graphql(token)[0] for _ in range(20)]
    print(f"warm {statistics.median(warm):.1f} ms", flush=True)


if __name__ == "__main__":
    main()
