# Copyright 2026 The CloudStack Backup Authors
# SPDX-License-Identifier: Apache-2.0
"""Restores of the packaged cluster export, on a real API server and a real S3 server."""

import subprocess

import yaml

import test_cluster_export
from kubernetes import MERGE_PATCH
from processes import await_value
from test_cluster_export import COMPLETE, FAILED, FILES, PARTIAL, definition, remove_namespace

# The same fixtures, with an API server of this module's own.
app = test_cluster_export.app
cluster = test_cluster_export.cluster
export = test_cluster_export.export
jar = test_cluster_export.jar

RBAC = "/apis/rbac.authorization.k8s.io/v1"
DEFINITIONS = "/apis/apiextensions.k8s.io/v1/customresourcedefinitions"
WEBHOOKS = "/apis/admissionregistration.k8s.io/v1/validatingwebhookconfigurations"


def restore(export, expected, *options):
    """Restores the newest run to the expected end and gives what was said."""
    done = export.call("restore", "latest", *options)
    assert done.returncode == expected, f"{done.returncode}:\n{done.stdout[-4000:]}\n{done.stderr[-2000:]}"
    return done.stdout


def contents(export):
    return {key: yaml.safe_load(export.bucket.read(key)) for key in export.files()}


def webhook(namespace):
    """A webhook for a type that nobody writes."""
    return {
        "metadata": {"name": "restored-webhook"},
        "webhooks": [
            {
                "name": "gate.restore.example.org",
                "admissionReviewVersions": ["v1"],
                "sideEffects": "None",
                "clientConfig": {"service": {"namespace": namespace, "name": "web", "path": "/gate"}},
                "rules": [
                    {"apiGroups": ["none.example.org"], "apiVersions": ["*"], "operations": ["CREATE"], "resources": ["*"]}
                ],
            }
        ],
    }


def test_definitions_roles_and_webhooks_come_back_in_order(export, cluster, app):
    cluster.create_definition(definition("restore.example.org", "gadgets", "Gadget"))
    gadgets = f"/apis/restore.example.org/v1/namespaces/{app}/gadgets"
    gadget = {"apiVersion": "restore.example.org/v1", "kind": "Gadget", "metadata": {"name": "g"}, "spec": {"size": 1}}
    cluster.create(gadgets, gadget)
    cluster.create(f"{RBAC}/clusterroles", {"metadata": {"name": "restored:role"}, "rules": []})
    cluster.create(WEBHOOKS, webhook(app))
    wiped = [
        f"{WEBHOOKS}/restored-webhook",
        f"{DEFINITIONS}/gadgets.restore.example.org",
        f"{RBAC}/clusterroles/restored:role",
    ]
    try:
        export.run()
        before = contents(export)
        for path in wiped:
            cluster.do("DELETE", path)
            await_value(lambda path=path: cluster.call("GET", path)[0] == 404, 30, f"{path} to be gone")
        restore(export, COMPLETE)
        assert cluster.do("GET", f"{gadgets}/g")["spec"] == {"size": 1}
        export.run()
        assert contents(export) == before
    finally:
        for path in wiped:
            cluster.call("DELETE", path)
        # Discovery names the group a moment longer.
        await_value(lambda: "restore.example.org" not in str(cluster.do("GET", "/apis")), 30, "the group to be gone")


def test_each_conflict_policy_does_what_it_says(export, cluster, app):
    export.run()
    path = f"/api/v1/namespaces/{app}/configmaps/two"
    cluster.do("PATCH", path, {"data": {"k": "newer"}}, content_type=MERGE_PATCH)
    chosen = ["--namespace", app, "--type", "configmaps", "--name", "two"]
    assert "failed" in restore(export, FAILED, *chosen, "--conflict", "fail")
    assert "skipped" in restore(export, COMPLETE, *chosen)
    assert cluster.do("GET", path)["data"] == {"k": "newer"}
    assert "would_change" in restore(export, COMPLETE, *chosen, "--conflict", "update", "--dry-run")
    assert cluster.do("GET", path)["data"] == {"k": "newer"}
    assert "updated" in restore(export, COMPLETE, *chosen, "--conflict", "update")
    updated = cluster.do("GET", path)
    assert updated["data"] == {"k": "v"}
    running = subprocess.Popen(
        export.command("restore", *chosen, "--conflict", "recreate"),
        env=export.environment(),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    try:

        def orphaning():
            return "orphan" in cluster.do("GET", path)["metadata"].get("finalizers", [])

        await_value(orphaning, 60, "the deletion")
        # The garbage collector lets what it owned go, and then the object itself.
        cluster.do("PATCH", path, {"metadata": {"finalizers": None}}, content_type=MERGE_PATCH)
        said, _ = running.communicate(timeout=60)
    finally:
        running.kill()
        running.wait()
    assert (running.returncode, "recreated" in said) == (COMPLETE, True), said
    assert cluster.do("GET", path)["metadata"]["uid"] != updated["metadata"]["uid"]


def test_a_namespace_is_restored_beside_the_original(export, cluster, app):
    cluster.create(
        f"{RBAC}/namespaces/{app}/rolebindings",
        {
            "metadata": {"name": "readers"},
            "roleRef": {"apiGroup": "rbac.authorization.k8s.io", "kind": "Role", "name": "team:reader"},
            "subjects": [
                {"kind": "ServiceAccount", "name": "web", "namespace": app},
                {"kind": "Group", "name": f"system:serviceaccounts:{app}", "apiGroup": "rbac.authorization.k8s.io"},
            ],
        },
    )
    export.run()
    copy = app[:55] + "-copy"
    try:
        restore(export, COMPLETE, "--namespace", app, "--map-namespace", f"{app}={copy}")
        assert cluster.do("GET", f"/api/v1/namespaces/{copy}/configmaps/two")["data"] == {"k": "v"}
        subjects = cluster.do("GET", f"{RBAC}/namespaces/{copy}/rolebindings/readers")["subjects"]
        assert [subjects[0]["namespace"], subjects[1]["name"]] == [copy, f"system:serviceaccounts:{copy}"]
    finally:
        remove_namespace(cluster, copy)


def test_a_namespace_that_is_terminating_is_not_taken_for_restored(export, cluster, app):
    export.run()
    cluster.do("DELETE", f"/api/v1/namespaces/{app}")
    assert "it is being deleted" in restore(export, FAILED, "--namespace", app)


def test_an_api_without_a_server_behind_it_holds_up_neither_run_nor_restore(export, cluster, app):
    services = "/apis/apiregistration.k8s.io/v1/apiservices"
    cluster.create(
        services,
        {
            "metadata": {"name": "v1.broken.example.org"},
            "spec": {
                "group": "broken.example.org",
                "version": "v1",
                "groupPriorityMinimum": 100,
                "versionPriority": 100,
                "insecureSkipTLSVerify": True,
                "service": {"namespace": app, "name": "nobody"},
            },
        },
    )
    try:
        record = export.run(expected=PARTIAL)
        assert "broken.example.org" in str(record["report"])
        path = f"/api/v1/namespaces/{app}/configmaps/two"
        cluster.do("DELETE", path)
        restore(export, COMPLETE, "--namespace", app)
        assert cluster.do("GET", path)["data"] == {"k": "v"}
    finally:
        cluster.call("DELETE", f"{services}/v1.broken.example.org")
        await_value(lambda: "broken.example.org" not in str(cluster.do("GET", "/apis")), 30, "the group to be gone")
