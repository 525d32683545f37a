#!/usr/bin/env python3
"""One operator and a thousand instances: its memory, and how long a restarted one takes until it has observed them all.

    bench/kubernetes/many_instances.py [--instances 1000]

Uses the testbed with the operator installed, best without Knative (k8s/testbed/testbed up --without-knative), whose own controllers
would take the machine. The instances have external parts, and their namespace allows no pods: what the operator makes and watches
is there, what would run is not, and the setup jobs are said to have ended by this program. Each instance is changed while the
operator stands still, in what nothing depends on, since none has an Ingress; then it is killed, and has observed a change when the status speaks
of its generation.
"""

import argparse
import base64
import http.client
import json
import re
import ssl
import subprocess
import tempfile
import threading
import time
from pathlib import Path

from cold_start import ISSUER, NAMESPACE, TESTBED, Issuer, kubectl, serve_issuer

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
  identity: {{issuer: "{issuer}", audience: memoir}}
  edge: {{ingressClass: {ingress}}}
"""
QUOTA = """
apiVersion: v1
kind: ResourceQuota
metadata: {name: no-pods, namespace: many}
spec: {hard: {pods: "0"}}
"""


class Api:
    """The API server, with the certificate of the testbed's kubeconfig."""

    def __init__(self, folder: Path):
        config = Path(subprocess.run([TESTBED, "kubeconfig"], check=True, capture_output=True, text=True).stdout.strip()).read_text()
        files = {}
        for field in ("certificate-authority-data", "client-certificate-data", "client-key-data"):
            files[field] = folder / field
            files[field].write_bytes(base64.b64decode(re.search(field + ": \"?([A-Za-z0-9+/=]+)", config)[1]))
        self.tls = ssl.create_default_context(cafile=files["certificate-authority-data"])
        self.tls.load_cert_chain(files["client-certificate-data"], files["client-key-data"])
        self.address = re.search(r"server: \"?https://([^\s\",]+)", config)[1]

    def ask(self, method: str, path: str, body: dict | None = None) -> dict:
        connection = http.client.HTTPSConnection(self.address, context=self.tls, timeout=60)
        connection.request(method, path, json.dumps(body) if body else None,
                           {"Content-Type": "application/merge-patch+json", "Accept": "application/json"})
        answer = connection.getresponse()
        content = json.loads(answer.read())
        connection.close()
        if answer.status >= 300:
            raise OSError(f"{method} {path}: {answer.status} {content.get('message')}")
        return content


def end_jobs(api: Api, stop: threading.Event):
    """As if each had done its work."""
    jobs = "/apis/batch/v1/namespaces/many/jobs"
    while not stop.is_set():
        for job in api.ask("GET", jobs)["items"]:
            begun = job["status"].get("startTime")
            if begun and not job["status"].get("completionTime"):
                ended = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime())
                conditions = [{"type": kind, "status": "True", "lastProbeTime": ended, "lastTransitionTime": ended}
                              for kind in ("SuccessCriteriaMet", "Complete")]
                try:
                    api.ask("PATCH", f"{jobs}/{job['metadata']['name']}/status",
                            {"status": {"startTime": begun, "completionTime": ended, "succeeded": 1, "conditions": conditions}})
                except OSError as refused:
                    print(refused, flush=True)
        stop.wait(1)


def instances(count: int, ingress: str) -> str:
    return "---".join(INSTANCE.format(number=number, issuer=ISSUER, ingress=ingress) for number in range(count))


def observed(api: Api) -> int:
    """Instances all of whose objects were made for their present generation: the runner is the last, and has no pod here."""
    return sum(any(condition["type"] == "EdgeReady" and condition["reason"] == "RunnerStarting"
                   and condition["observedGeneration"] == one["metadata"]["generation"]
                   for condition in one.get("status", {}).get("conditions", []))
               for one in api.ask("GET", "/apis/memoir.dev/v1alpha1/namespaces/many/memoirinstances")["items"])


def await_observed(api: Api, count: int, limit: int):
    begin = time.perf_counter()
    while (seen := observed(api)) < count:
        if time.perf_counter() - begin > limit:
            raise SystemExit(f"only {seen} of {count} were observed within {limit} s")
        time.sleep(1)


def operator_pod(path: str) -> str:
    return kubectl(*OPERATOR, "get", "pods", "-l", "app.kubernetes.io/name=memoir-operator", "-o", f"jsonpath={{.items[0]{path}}}")


def operator_memory() -> float:
    """Proportional set of the operator's processes in MiB: of those that run in its pod."""
    pod = operator_pod(".metadata.name")
    total = 0
    for environment in Path("/proc").glob("[0-9]*/environ"):
        try:
            if f"HOSTNAME={pod}".encode() in environment.read_bytes().split(b"\0"):
                rollup = (environment.parent / "smaps_rollup").read_text()
                total += next(int(line.split()[1]) for line in rollup.splitlines() if line.startswith("Pss:"))
        except (OSError, StopIteration):
            continue
    return total / 1024


def restarts() -> str:
    return operator_pod(".status.containerStatuses[0].restartCount")


def signal(name: str):
    subprocess.run([TESTBED, "signal", operator_pod(".metadata.name"), name], check=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--instances", type=int, default=1000)
    count = parser.parse_args().instances
    with tempfile.TemporaryDirectory() as folder:
        jwks = Issuer(Path(folder)).jwks
        api = Api(Path(folder))
    for name in (NAMESPACE, "many"):
        kubectl("create", "namespace", name)
    stop = threading.Event()
    threading.Thread(target=end_jobs, args=(api, stop), daemon=True).start()
    try:
        measure(api, count, jwks)
    finally:
        stop.set()
        for name in ("many", NAMESPACE):
            kubectl("delete", "namespace", name, "--wait=false")


def measure(api: Api, count: int, jwks: str):
    serve_issuer(jwks)
    kubectl("-n", NAMESPACE, "wait", "pod/issuer", "--for=condition=Ready", "--timeout=60s")
    logins = SECRET.format(name="bucket-key", content='{accessKey: a, secretKey: b}') + "---" + \
        SECRET.format(name="login", content='{user: a, password: b}')
    kubectl("apply", "-f", "-", text=QUOTA + "---" + logins)
    print(f"before: {operator_memory():.0f} MiB", flush=True)
    begin = time.perf_counter()
    kubectl("apply", "--server-side", "-f", "-", text=instances(count, "one"))
    await_observed(api, count, 1200)
    print(f"{count} instances made and observed after {time.perf_counter() - begin:.0f} s: {operator_memory():.0f} MiB", flush=True)
    before = restarts()
    signal("STOP")
    kubectl("apply", "--server-side", "-f", "-", text=instances(count, "another"))
    signal("KILL")
    begin = time.perf_counter()
    while restarts() == before:
        time.sleep(0.5)
    await_observed(api, count, 1200)
    print(f"restarted: all observed after {time.perf_counter() - begin:.0f} s", flush=True)
    time.sleep(30)
    print(f"at rest: {operator_memory():.0f} MiB; ended and begun anew: {restarts()} times", flush=True)


if __name__ == "__main__":
    main()
