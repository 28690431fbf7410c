# Copyright 2026 The CloudStack Backup Authors
# SPDX-License-Identifier: Apache-2.0
"""What is deployed into a cluster: a real API server takes it, it has the rights it needs and no more, alerts fire."""

import copy
import json
import os
import shutil
import subprocess

import pytest
import yaml

from cluster_fixtures import new_kube
from kubernetes import APPLY_PATCH
from processes import await_value
from server import REPOSITORY

DEPLOY = REPOSITORY / "plugins" / "backup" / "cluster-export" / "deploy"
MONITORING = DEPLOY / "monitoring"

# The fields that ServiceMonitor has and that are used here; with a strict check any other is refused.
SERVICE_MONITORS = {
    "apiVersion": "apiextensions.k8s.io/v1",
    "kind": "CustomResourceDefinition",
    "metadata": {"name": "servicemonitors.monitoring.coreos.com"},
    "spec": {
        "group": "monitoring.coreos.com",
        "scope": "Namespaced",
        "names": {"plural": "servicemonitors", "singular": "servicemonitor", "kind": "ServiceMonitor"},
        "versions": [
            {
                "name": "v1",
                "served": True,
                "storage": True,
                "schema": {
                    "openAPIV3Schema": {
                        "type": "object",
                        "required": ["spec"],
                        "properties": {
                            "spec": {
                                "type": "object",
                                "required": ["endpoints", "selector"],
                                "properties": {
                                    "selector": {
                                        "type": "object",
                                        "properties": {
                                            "matchLabels": {
                                                "type": "object",
                                                "additionalProperties": {"type": "string"},
                                            }
                                        },
                                    },
                                    "endpoints": {
                                        "type": "array",
                                        "items": {
                                            "type": "object",
                                            "properties": {
                                                name: {"type": "string"}
                                                for name in ("port", "path", "interval", "scrapeTimeout")
                                            },
                                        },
                                    },
                                },
                            }
                        },
                    }
                },
            }
        ],
    },
}


def manifests(folder):
    """All objects of a kustomization; these use nothing but ``resources``."""
    kustomization = yaml.safe_load((folder / "kustomization.yaml").read_text())
    assert set(kustomization) == {"apiVersion", "kind", "resources"}
    for name in kustomization["resources"]:
        path = (folder / name).resolve()
        if path.is_dir():
            yield from manifests(path)
        else:
            yield from yaml.safe_load_all(path.read_text())


def find(objects, kind, name):
    """The one object of this kind and name."""
    [found] = [each for each in objects if (each["kind"], each["metadata"]["name"]) == (kind, name)]
    return found


def pod_template(workload):
    """The pods that a CronJob or a Deployment makes."""
    spec = workload["spec"]
    return (spec["jobTemplate"]["spec"] if workload["kind"] == "CronJob" else spec)["template"]


class Types:
    """The types an API server serves, and where their objects are."""

    def __init__(self, kube):
        self.kube = kube
        versions = ["/api/v1"]
        for group in kube.do("GET", "/apis")["groups"]:
            versions.append("/apis/" + group["preferredVersion"]["groupVersion"])
        self.served = [
            {**each, "base": base}
            for base in versions
            for each in kube.do("GET", base)["resources"]
            if "/" not in each["name"]
        ]

    def path(self, body):
        """The path of one object."""
        base = ("/apis/" if "/" in body["apiVersion"] else "/api/") + body["apiVersion"]
        [found] = [each for each in self.served if (each["base"], each["kind"]) == (base, body["kind"])]
        namespace = f"/namespaces/{body['metadata']['namespace']}" if found["namespaced"] else ""
        return f"{base}{namespace}/{found['name']}/{body['metadata']['name']}"

    def apply(self, body, dry_run):
        """Applies one object on the server's side, with unknown fields refused."""
        options = "fieldManager=test&fieldValidation=Strict" + ("&dryRun=All" if dry_run else "")
        return self.kube.do("PATCH", f"{self.path(body)}?{options}", body, content_type=APPLY_PATCH)


@pytest.fixture(scope="module")
def types(tmp_path_factory):
    """An API server with the definition of ServiceMonitor and the namespace of the manifests."""
    server = new_kube(tmp_path_factory.mktemp("kube"))
    try:
        server.start()
        server.create_definition(SERVICE_MONITORS)
        found = Types(server)
        found.apply(find(manifests(DEPLOY / "base"), "Namespace", "backup-system"), dry_run=False)
        yield found
    finally:
        server.stop()


@pytest.mark.parametrize("variant", ["base", "cronjob", "service"])
def test_the_api_server_takes_every_object(types, variant):
    objects = list(manifests(DEPLOY / variant))
    for body in objects:
        applied = types.apply(body, dry_run=True)
        assert applied["metadata"]["name"] == body["metadata"]["name"]
    assert len(objects) >= 11


def test_the_api_server_would_refuse_a_field_that_does_not_exist(types):
    wrong = copy.deepcopy(find(manifests(DEPLOY / "cronjob"), "CronJob", "backup-cronjob"))
    wrong["spec"]["shedule"] = wrong["spec"]["schedule"]
    with pytest.raises(AssertionError, match="shedule"):
        types.apply(wrong, dry_run=True)


@pytest.mark.parametrize(
    ("variant", "kind", "name"), [("cronjob", "CronJob", "backup-cronjob"), ("service", "Deployment", "backup-service")]
)
def test_the_pods_are_admitted_where_only_restricted_ones_are(types, variant, kind, name):
    for body in manifests(DEPLOY / "base"):
        if body["kind"] == "ServiceAccount":
            types.apply(body, dry_run=False)
    template = copy.deepcopy(pod_template(find(manifests(DEPLOY / variant), kind, name)))
    pod = {"apiVersion": "v1", "kind": "Pod", **template}
    pod["metadata"] = {**pod["metadata"], "name": "probe", "namespace": "backup-system"}
    pods = "/api/v1/namespaces/backup-system/pods?dryRun=All&fieldValidation=Strict"
    admitted = types.kube.do("POST", pods, pod)
    [container] = admitted["spec"]["containers"]
    assert container["name"] == "cluster-backup"
    assert container["resources"] == {
        "requests": {"cpu": "200m", "memory": "512Mi"},
        "limits": {"cpu": "1", "memory": "1Gi"},
    }
    assert admitted["spec"]["securityContext"]["runAsUser"] == 1001
    assert container["securityContext"]["readOnlyRootFilesystem"] is True
    assert container["securityContext"]["capabilities"] == {"drop": ["ALL"]}
    pod["spec"]["containers"][0]["securityContext"]["allowPrivilegeEscalation"] = True
    status, refused = types.kube.call("POST", pods, pod)
    assert (status, "violates PodSecurity" in refused["message"]) == (403, True)


@pytest.fixture(scope="module")
def account(types):
    """A token of the service account, with the roles as they are shipped."""
    for body in manifests(DEPLOY / "base"):
        types.apply(body, dry_run=False)
    token = types.kube.token("backup-system", "backup-service")
    await_status(types, "/api/v1/secrets?limit=1", token, 200)
    return token


def await_status(types, path, account, status):
    """The API server learns of changed roles a moment after they are stored."""
    await_value(
        lambda: types.kube.call("GET", path, token=account)[0] == status, 60, f"{path} is answered with {status}"
    )


def test_the_account_lists_every_type_that_the_shipped_settings_export(types, account):
    config = find(manifests(DEPLOY / "base"), "ConfigMap", "backup-config")["data"]
    excluded = set(config["exclude-resources"].split())
    for each in types.served:
        if "list" not in each["verbs"] or each["name"] in excluded:
            continue
        status, _ = types.kube.call("GET", f"{each['base']}/{each['name']}?limit=1", token=account)
        assert status == 200, f"{each['base']}/{each['name']}"


def test_the_account_watches_what_it_lists(types, account):
    version = types.kube.do("GET", "/api/v1/secrets?limit=1", token=account)["metadata"]["resourceVersion"]
    for path in ["/api/v1/secrets", "/api/v1/configmaps", "/apis/apps/v1/deployments"]:
        status, _ = types.kube.call("GET", f"{path}?watch=true&resourceVersion={version}&timeoutSeconds=1", token=account)
        assert status == 200, path


def test_the_account_can_do_nothing_else(types, account):
    kube = types.kube
    kube.create_namespace("victim")
    kube.create("/api/v1/namespaces/victim/secrets", {"metadata": {"name": "s"}})
    config_maps = "/api/v1/namespaces/backup-system/configmaps"
    kube.create(config_maps, {"metadata": {"name": "other"}})
    assert kube.call("GET", f"{config_maps}/backup-config", token=account)[0] == 200
    for method, path, body in [
        ("GET", f"{config_maps}/other", None),
        ("GET", "/api/v1/namespaces/victim/secrets/s", None),
        ("POST", config_maps, {"metadata": {"name": "new"}}),
        ("PUT", f"{config_maps}/other", {"metadata": {"name": "other"}}),
        ("DELETE", f"{config_maps}/backup-config", None),
        ("DELETE", "/api/v1/namespaces/victim", None),
        ("POST", "/api/v1/namespaces/victim/serviceaccounts/default/token", {"spec": {}}),
    ]:
        status, _ = kube.call(method, path, body, token=account)
        assert status == 403, f"{method} {path} was answered with {status}"


def test_without_the_file_for_secrets_the_account_cannot_read_them(types, account):
    binding = "/apis/rbac.authorization.k8s.io/v1/clusterrolebindings/backup-service-secrets"
    types.kube.do("DELETE", binding)
    try:
        await_status(types, "/api/v1/secrets?limit=1", account, 403)
        assert types.kube.call("GET", "/api/v1/configmaps?limit=1", token=account)[0] == 200
    finally:
        for body in yaml.safe_load_all((DEPLOY / "base" / "rbac-secrets.yaml").read_text()):
            types.apply(body, dry_run=False)
        await_status(types, "/api/v1/secrets?limit=1", account, 200)


def promtool(*arguments, cwd=MONITORING):
    """Runs Prometheus' own checker; skips the test, or with CI set fails it, when it is missing."""
    program = shutil.which("promtool")
    if program is None:
        message = "promtool is not installed (Debian's package prometheus)"
        if os.environ.get("CI"):
            pytest.fail(message)
        pytest.skip(message)
    done = subprocess.run([program, *arguments], cwd=cwd, capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stdout + done.stderr


def test_prometheus_takes_the_alert_rules():
    promtool("check", "rules", "alerts.yaml")


def test_alerts_fire_when_they_should_and_queries_give_numbers():
    promtool("test", "rules", "alerts-test.yaml")


def test_prometheus_takes_every_query_of_the_dashboard(tmp_path):
    dashboard = json.loads((MONITORING / "dashboard.json").read_text())
    queries = [target["expr"] for panel in dashboard["panels"] for target in panel["targets"]]
    rules = [{"record": f"query:{number}", "expr": query} for number, query in enumerate(queries)]
    (tmp_path / "queries.yaml").write_text(yaml.safe_dump({"groups": [{"name": "dashboard", "rules": rules}]}))
    promtool("check", "rules", "queries.yaml", cwd=tmp_path)
    assert len(queries) >= 6
