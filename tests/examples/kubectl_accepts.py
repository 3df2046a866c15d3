#!/usr/bin/env python3
"""`kubectl create --dry-run=client` takes everything that the examples make. It asks a server which kinds there are, before it looks at anything: here that is
a small one, which knows the kinds of the objects and refuses all else.

usage: kubectl_accepts.py KDSL EXAMPLES
"""
import collections
import http.server
import json
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
import threading

from check_objects import builds

# Of the kinds of Kubernetes, those without a namespace that the examples make.
CLUSTER_WIDE = {"Namespace", "ClusterRole", "ClusterRoleBinding", "PriorityClass"}


def plural(kind):
    name = kind.lower()
    return name[:-1] + "ies" if name.endswith("y") else name + "es" if name.endswith("s") else name + "s"


def discovery(objects):
    """What a server with these kinds answers, by path."""
    versions = collections.defaultdict(set)
    for thing in objects:
        versions[thing["apiVersion"]].add(thing["kind"])
    groups = [version for version in versions if "/" in version]
    answers = {
        "/api": {"kind": "APIVersions", "versions": ["v1"]},
        "/apis": {"kind": "APIGroupList", "groups": [{"name": g.split("/")[0], "versions": [{"groupVersion": g, "version": g.split("/")[1]}]} for g in sorted(groups)]},
    }
    for version, kinds in versions.items():
        resources = [{"name": plural(kind), "singularName": kind.lower(), "kind": kind, "namespaced": kind not in CLUSTER_WIDE, "verbs": ["create", "get"]} for kind in sorted(kinds)]
        answers[("/apis/" if "/" in version else "/api/") + version] = {"kind": "APIResourceList", "groupVersion": version, "resources": resources}
    return answers


def serve(answers):
    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self):
            answer = answers.get(self.path.split("?")[0])
            text = json.dumps(answer or {"kind": "Status", "status": "Failure", "code": 404}).encode()
            self.send_response(200 if answer else 404)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(text)))
            self.end_headers()
            self.wfile.write(text)

        def log_message(self, *_):
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return server


def main():
    kdsl, examples = str(pathlib.Path(sys.argv[1]).resolve()), pathlib.Path(sys.argv[2])
    if shutil.which("kubectl") is None:
        print("skipped: kubectl is absent")
        return
    failures, taken, made = [], 0, 0
    for example in sorted(path for path in examples.iterdir() if path.is_dir()):
        for name, objects in builds(kdsl, example):
            server = serve(discovery(objects))
            with tempfile.TemporaryDirectory() as home:
                command = ["kubectl", "--server", f"http://127.0.0.1:{server.server_port}", "create", "--dry-run=client", "--validate=false", "-o", "name", "-f", "-"]
                text = json.dumps({"apiVersion": "v1", "kind": "List", "items": objects})
                run = subprocess.run(command, input=text, capture_output=True, text=True, env={**os.environ, "HOME": home, "KUBECONFIG": ""})
            server.shutdown()
            made += len(objects)
            taken += len(run.stdout.splitlines())
            if run.returncode or len(run.stdout.splitlines()) != len(objects):
                failures.append(f"{name}: {run.stderr}")
    for failure in failures:
        print(failure)
    print(f"kubectl takes {taken} of {made} objects, {len(failures)} failures")
    sys.exit(1 if failures or not taken else 0)


if __name__ == "__main__":
    main()
