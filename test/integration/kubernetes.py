# Copyright 2026 The CloudStack Backup Authors
# SPDX-License-Identifier: Apache-2.0
"""A real Kubernetes API server over Debian's etcd, with TLS, RBAC and service accounts. Needs nothing but Python.

There is no kubelet and no controller manager: nothing runs pods, makes default service accounts, collects garbage, or
ends a namespace that is being deleted (``finish_namespace`` does).
"""

import json
import os
import secrets
import shutil
import ssl
import subprocess
import sys
import urllib.error
import urllib.request
from pathlib import Path

from beside import run_beside
from programs import Missing, go_program
from processes import Process, await_value, free_port

START_SECONDS = 120
REQUEST_SECONDS = 300
ISSUER = "https://kubernetes.default.svc.cluster.local"
MERGE_PATCH = "application/merge-patch+json"
APPLY_PATCH = "application/apply-patch+yaml"


def etcd():
    """Where etcd is: Debian's, unless CLOUDSTACKBACKUP_ETCD names another one."""
    debians = shutil.which("etcd", path=os.pathsep.join([os.environ["PATH"], "/usr/sbin", "/usr/bin"]))
    found = os.environ.get("CLOUDSTACKBACKUP_ETCD") or debians
    if found is None:
        raise Missing("etcd is not installed (Debian's package etcd-server)")
    return found


class Refused(AssertionError):
    """The API server answered with an error where a test needed success."""

    def __init__(self, method, path, status, body):
        super().__init__(f"{method} {path} was answered with {status}: {json.dumps(body)[:1000]}")
        self.status = status
        self.body = body


class KubeApiServer:
    """An API server and its etcd, over one folder; may be stopped and started again on the same ports."""

    def __init__(self, folder, *options):
        self.folder = Path(folder)
        self.folder.mkdir(parents=True, exist_ok=True)
        self.port = free_port()
        self.url = f"https://127.0.0.1:{self.port}"
        self.ca = self.folder / "ca.crt"
        self.admin_token = secrets.token_urlsafe(24)
        self._make_credentials()
        self._trust = ssl.create_default_context(cafile=str(self.ca))
        etcd_url = f"http://127.0.0.1:{free_port()}"
        self._etcd_url = etcd_url
        self.etcd = Process(self._etcd_command(etcd_url), self.folder / "etcd.log")
        self.apiserver = Process(self._apiserver_command(etcd_url, options), self.folder / "kube-apiserver.log")

    def start(self):
        """Returns when the API server says that it is ready."""
        self.etcd.start(self._etcd_is_healthy, START_SECONDS)
        try:
            self.apiserver.start(self._is_ready, START_SECONDS)
        except BaseException:
            self.etcd.stop()
            raise
        return self

    def stop(self):
        """Stops both in good order; their data stays."""
        self.apiserver.stop()
        self.etcd.stop()

    def call(self, method, path, body=None, token=None, content_type="application/json"):
        """The status and the JSON of the answer, whatever it is; as the administrator unless another token is given."""
        request = urllib.request.Request(
            self.url + path,
            method=method,
            data=None if body is None else json.dumps(body).encode(),
            headers={"Authorization": f"Bearer {token or self.admin_token}", "Content-Type": content_type},
        )
        try:
            with urllib.request.urlopen(request, timeout=REQUEST_SECONDS, context=self._trust) as answer:
                return answer.status, _json(answer.read())
        except urllib.error.HTTPError as refused:
            with refused:
                return refused.code, _json(refused.read())

    def do(self, method, path, body=None, token=None, content_type="application/json"):
        """The JSON of the answer, which has to be a success."""
        status, answer = self.call(method, path, body, token, content_type)
        if status >= 300:
            raise Refused(method, path, status, answer)
        return answer

    def create(self, path, body):
        """Makes an object at the path of its collection and gives it as it was stored."""
        return self.do("POST", path, body)

    def create_namespace(self, name):
        """Makes a namespace and gives its name."""
        self.create("/api/v1/namespaces", {"metadata": {"name": name}})
        return name

    def create_definition(self, definition):
        """Makes a CustomResourceDefinition; returns when its first version is established and served."""
        collection = "/apis/apiextensions.k8s.io/v1/customresourcedefinitions"
        name = self.create(collection, definition)["metadata"]["name"]
        spec = definition["spec"]

        def established():
            conditions = self.do("GET", f"{collection}/{name}").get("status", {}).get("conditions") or []
            return any(each["type"] == "Established" and each["status"] == "True" for each in conditions)

        def served():
            path = f"/apis/{spec['group']}/{spec['versions'][0]['name']}/{spec['names']['plural']}"
            return self.call("GET", path)[0] == 200

        await_value(established, START_SECONDS, f"{name} to be established")
        # Established comes a moment before the path is served.
        await_value(served, START_SECONDS, f"{name} to be served")

    def finish_namespace(self, name):
        """Ends a namespace that is being deleted, as the controller manager would once nothing is left in it."""
        path = f"/api/v1/namespaces/{name}"
        status, namespace = self.call("GET", path)
        if status == 404:
            return
        namespace["spec"]["finalizers"] = []
        self.do("PUT", f"{path}/finalize", namespace)

    def service_account(self, namespace, name, rules=()):
        """Makes a service account that may do, in the whole cluster, what the rules say; gives a token of it."""
        collection = f"/api/v1/namespaces/{namespace}/serviceaccounts"
        self.create(collection, {"metadata": {"name": name}})
        if rules:
            self.bind(namespace, name, rules)
        return self.token(namespace, name)

    def bind(self, namespace, name, rules):
        """Lets a service account do, in the whole cluster, what the rules say."""
        role = f"{namespace}:{name}"
        rbac = "/apis/rbac.authorization.k8s.io/v1"
        self.create(f"{rbac}/clusterroles", {"metadata": {"name": role}, "rules": list(rules)})
        self.create(
            f"{rbac}/clusterrolebindings",
            {
                "metadata": {"name": role},
                "roleRef": {"apiGroup": "rbac.authorization.k8s.io", "kind": "ClusterRole", "name": role},
                "subjects": [{"kind": "ServiceAccount", "namespace": namespace, "name": name}],
            },
        )

    def token(self, namespace, name):
        """A token of a service account, good for an hour."""
        path = f"/api/v1/namespaces/{namespace}/serviceaccounts/{name}/token"
        return self.create(path, {"spec": {"expirationSeconds": 3600}})["status"]["token"]

    def kubeconfig(self, path, token=None):
        """Writes a kubeconfig, the administrator's unless a token is given, and gives its path."""
        config = {
            "apiVersion": "v1",
            "kind": "Config",
            "clusters": [
                {"name": "test", "cluster": {"server": self.url, "certificate-authority": str(self.ca)}},
            ],
            "users": [{"name": "test", "user": {"token": token or self.admin_token}}],
            "contexts": [{"name": "test", "context": {"cluster": "test", "user": "test"}}],
            "current-context": "test",
        }
        path = Path(path)
        path.touch(mode=0o600)
        # JSON is YAML too.
        path.write_text(json.dumps(config, indent=2) + "\n")
        return path

    def _make_credentials(self):
        """A CA, a certificate for the loopback address, the key of service accounts, the administrator's token."""
        key = ["-newkey", "rsa:2048", "-nodes", "-days", "30"]
        self._openssl("req", "-x509", *key, "-subj", "/CN=test-ca", "-keyout", "ca.key", "-out", "ca.crt")
        names = "subjectAltName=IP:127.0.0.1,DNS:localhost,DNS:kubernetes.default.svc"
        self._openssl(
            *("req", "-x509", *key, "-CA", "ca.crt", "-CAkey", "ca.key", "-subj", "/CN=kube-apiserver"),
            *("-addext", names, "-addext", "basicConstraints=critical,CA:FALSE"),
            *("-keyout", "server.key", "-out", "server.crt"),
        )
        self._openssl("genrsa", "-out", "accounts.key", "2048")
        tokens = self.folder / "tokens.csv"
        tokens.touch(mode=0o600)
        tokens.write_text(f'{self.admin_token},admin,admin,"system:masters"\n')

    def _openssl(self, *arguments):
        subprocess.run(["openssl", *arguments], cwd=self.folder, check=True, capture_output=True, timeout=60)

    def _etcd_command(self, url):
        peers = f"http://127.0.0.1:{free_port()}"
        return [
            etcd(),
            f"--data-dir={self.folder}/etcd",
            f"--listen-client-urls={url}",
            f"--advertise-client-urls={url}",
            f"--listen-peer-urls={peers}",
            f"--initial-advertise-peer-urls={peers}",
            f"--initial-cluster=default={peers}",
            # A hundred thousand objects, each written more than once, are more than the default of 2 GiB.
            f"--quota-backend-bytes={8 << 30}",
            "--log-level=warn",
            "--logger=zap",
        ]

    def _apiserver_command(self, etcd_url, options):
        return [
            go_program("kube-apiserver"),
            f"--etcd-servers={etcd_url}",
            "--bind-address=127.0.0.1",
            "--advertise-address=127.0.0.1",
            f"--secure-port={self.port}",
            f"--tls-cert-file={self.folder}/server.crt",
            f"--tls-private-key-file={self.folder}/server.key",
            f"--token-auth-file={self.folder}/tokens.csv",
            f"--service-account-issuer={ISSUER}",
            f"--service-account-key-file={self.folder}/accounts.key",
            f"--service-account-signing-key-file={self.folder}/accounts.key",
            "--authorization-mode=RBAC",
            "--service-cluster-ip-range=10.96.0.0/16",
            "--endpoint-reconciler-type=none",
            "--allow-privileged=true",
            *options,
        ]

    def _etcd_is_healthy(self):
        try:
            with urllib.request.urlopen(f"{self._etcd_url}/health", timeout=5) as answer:
                return json.load(answer).get("health") == "true"
        except (OSError, ValueError):
            return False

    def _is_ready(self):
        try:
            return self.call("GET", "/readyz")[0] == 200
        except OSError:
            return False


def _json(body):
    """The parsed body, or its text where it is no JSON (``/readyz`` says ``ok``)."""
    try:
        return json.loads(body)
    except ValueError:
        return body.decode(errors="replace")


def main(command):
    """Runs a command beside an API server and gives its exit code."""

    def told(server):
        return {
            "KUBECONFIG": str(server.kubeconfig(server.folder / "admin.kubeconfig")),
            "KUBE_APISERVER_URL": server.url,
            "KUBE_APISERVER_CA": str(server.ca),
            "KUBE_APISERVER_TOKEN": server.admin_token,
        }

    options = os.environ.get("CLOUDSTACKBACKUP_KUBE_APISERVER_OPTIONS", "").split()
    return run_beside("kube-apiserver", lambda folder: KubeApiServer(folder, *options), told, command)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
