# Copyright 2026 The CloudStack Backup Authors
# SPDX-License-Identifier: Apache-2.0
"""Restores of the packaged cluster export, on a real API server and a real S3 server."""

import subprocess

import pytest
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
            await_value(lambda path=path: cluster.call("GET", path)[0] == 404, 180, f"{path} to be gone")
        restore(export, COMPLETE)
        assert cluster.do("GET", f"{gadgets}/g")["spec"] == {"size": 1}
        export.run()
        assert contents(export) == before
    finally:
        for path in wiped:
            cluster.call("DELETE", path)
        # Discovery names the group a moment longer.
        await_value(lambda: "restore.example.org" not in str(cluster.do("GET", "/apis")), 180, "the group to be gone")


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

        await_value(orphaning, 120, "the deletion")
        # The garbage collector lets what it owned go, and then the object itself.
        cluster.do("PATCH", path, {"metadata": {"finalizers": None}}, content_type=MERGE_PATCH)
        said, _ = running.communicate(timeout=180)
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


def remove_now(kube, path):
    """Deletes an object that a controller or a kubelet would have to let go."""
    if kube.call("GET", path)[0] == 404:
        return
    kube.do("DELETE", f"{path}?gracePeriodSeconds=0&propagationPolicy=Background")
    if kube.call("GET", path)[0] != 404:
        kube.do("PATCH", path, {"metadata": {"finalizers": None}}, content_type=MERGE_PATCH)
    await_value(lambda: kube.call("GET", path)[0] == 404, 180, f"{path} to be gone")


@pytest.fixture
def volume(cluster, app):
    """A volume and a claim that are bound to each other, as the controller manager would."""
    name = "pv-" + app[-50:]
    claims = f"/api/v1/namespaces/{app}/persistentvolumeclaims"
    spec = {"accessModes": ["ReadWriteOnce"], "storageClassName": ""}
    bound = {f"pv.kubernetes.io/{each}": "yes" for each in ("bind-completed", "bound-by-controller")}
    claim = cluster.create(
        claims,
        {
            "metadata": {"name": "data", "annotations": bound},
            "spec": {**spec, "resources": {"requests": {"storage": "1Gi"}}, "volumeName": name},
        },
    )
    reference = {key: claim["metadata"][key] for key in ("namespace", "name", "uid", "resourceVersion")}
    secret = {"namespace": app, "name": "key"}
    cluster.create(
        "/api/v1/persistentvolumes",
        {
            "metadata": {"name": name},
            "spec": {
                **spec,
                "capacity": {"storage": "1Gi"},
                "claimRef": {"apiVersion": "v1", "kind": "PersistentVolumeClaim", **reference},
                "csi": {"driver": "csi.example.org", "volumeHandle": "h", "nodeStageSecretRef": secret},
            },
        },
    )
    yield name
    remove_now(cluster, f"{claims}/data")
    remove_now(cluster, f"/api/v1/persistentvolumes/{name}")


def balancer(cluster_ip=None, port=None):
    spec = {
        "type": "LoadBalancer",
        "externalTrafficPolicy": "Local",
        "selector": {"app": "web"},
        "ports": [{"port": 80} if port is None else {"port": 80, "nodePort": port}],
    }
    return {"metadata": {"name": "front"}, "spec": spec if cluster_ip is None else {**spec, "clusterIP": cluster_ip}}


def test_a_service_gets_its_addresses_back_and_new_ones_where_they_are_taken(export, cluster, app):
    services = f"/api/v1/namespaces/{app}/services"
    first = cluster.create(services, balancer())["spec"]
    cluster.create(services, {"metadata": {"name": "none"}, "spec": {"clusterIP": "None", "ports": [{"port": 80}]}})
    outside = {"type": "ExternalName", "externalName": "db.example.org"}
    cluster.create(services, {"metadata": {"name": "outside"}, "spec": outside})
    assert first["healthCheckNodePort"] > 0
    export.run()
    chosen = ["--namespace", app, "--type", "services", "--name", "front,none,outside"]
    for name in ("front", "none", "outside"):
        cluster.do("DELETE", f"{services}/{name}")
    restore(export, COMPLETE, *chosen)
    assert cluster.do("GET", f"{services}/front")["spec"] == first
    assert cluster.do("GET", f"{services}/none")["spec"]["clusterIP"] == "None"
    assert cluster.do("GET", f"{services}/outside")["spec"]["externalName"] == "db.example.org"
    cluster.do("DELETE", f"{services}/front")
    squatter = balancer(first["clusterIP"], first["ports"][0]["nodePort"])
    squatter["metadata"]["name"] = "squatter"
    cluster.create(services, squatter)
    said = restore(export, COMPLETE, *chosen)
    assert "with a new address, as the old one is not free" in said
    second = cluster.do("GET", f"{services}/front")["spec"]
    assert second["clusterIP"] not in ("", first["clusterIP"])
    assert second["ports"][0]["nodePort"] not in (0, first["ports"][0]["nodePort"])
    cluster.do("PATCH", f"{services}/front", {"spec": {"selector": {"app": "newer"}}}, content_type=MERGE_PATCH)
    plain = {"type": "ClusterIP", "externalName": None, "ports": [{"port": 80}]}
    cluster.do("PATCH", f"{services}/outside", {"spec": plain}, content_type=MERGE_PATCH)
    said = restore(export, COMPLETE, *chosen, "--conflict", "update")
    assert "with the ports it has, as the old ones are not free" in said
    assert cluster.do("GET", f"{services}/front")["spec"] == second, "the selector is back, and the addresses stay"
    assert cluster.do("GET", f"{services}/outside")["spec"]["type"] == "ExternalName"


def test_a_job_chooses_its_pods_by_its_new_uid(export, cluster, app):
    jobs = f"/apis/batch/v1/namespaces/{app}/jobs"
    pod = {"restartPolicy": "Never", "containers": [{"name": "load", "image": "registry.example.org/load:1"}]}
    template = {"metadata": {"labels": {"app": "load"}}, "spec": pod}
    first = cluster.create(jobs, {"metadata": {"name": "load"}, "spec": {"template": template}})
    export.run()
    remove_now(cluster, f"{jobs}/load")
    restore(export, COMPLETE, "--namespace", app, "--type", "jobs")
    second = cluster.do("GET", f"{jobs}/load")
    uid = second["metadata"]["uid"]
    assert uid != first["metadata"]["uid"]
    assert second["spec"]["selector"]["matchLabels"] == {"batch.kubernetes.io/controller-uid": uid}
    assert second["spec"]["template"]["metadata"]["labels"]["batch.kubernetes.io/controller-uid"] == uid
    assert first["metadata"]["uid"] not in str(second)
    assert "updated" in restore(export, COMPLETE, "--namespace", app, "--type", "jobs", "--conflict", "update")
    assert cluster.do("GET", f"{jobs}/load")["spec"] == second["spec"]
    remove_now(cluster, f"{jobs}/load")


def test_a_volume_and_its_claim_find_each_other_again(export, cluster, app, volume):
    claim = f"/api/v1/namespaces/{app}/persistentvolumeclaims/data"
    path = f"/api/v1/persistentvolumes/{volume}"
    export.run()
    remove_now(cluster, claim)
    remove_now(cluster, path)
    restore(export, COMPLETE, "--type", "persistentvolumes,persistentvolumeclaims", "--name", f"{volume},data")
    reference = cluster.do("GET", path)["spec"]["claimRef"]
    assert (reference["namespace"], reference["name"]) == (app, "data")
    assert "uid" not in reference, "it waits for the new claim of that name"
    restored = cluster.do("GET", claim)
    assert restored["spec"]["volumeName"] == volume
    assert "pv.kubernetes.io/bind-completed" not in restored["metadata"].get("annotations", {}), "else it counts as lost"


def test_a_pod_leaves_its_node_and_its_token_behind(export, cluster, app):
    core = f"/api/v1/namespaces/{app}"
    cluster.create(f"{core}/serviceaccounts", {"metadata": {"name": "default"}, "secrets": [{"name": "git-key"}]})
    containers = [{"name": "web", "image": "registry.example.org/web:1"}]
    first = cluster.create(f"{core}/pods", {"metadata": {"name": "p"}, "spec": {"nodeName": "gone", "containers": containers}})
    tokens = [each["name"] for each in first["spec"]["volumes"] if "projected" in each]
    assert len(tokens) == 1
    try:
        export.run()
        assert "updated" in restore(export, COMPLETE, "--namespace", app, "--type", "pods", "--conflict", "update")
        remove_now(cluster, f"{core}/pods/p")
        cluster.do("DELETE", f"{core}/serviceaccounts/default")
        restore(export, COMPLETE, "--namespace", app)
        second = cluster.do("GET", f"{core}/pods/p")["spec"]
        assert "nodeName" not in second
        assert [each["name"] for each in second["volumes"]] == tokens, "one token, and it is of the new account"
        assert [each["mountPath"] for each in second["containers"][0]["volumeMounts"]] == [
            "/var/run/secrets/kubernetes.io/serviceaccount"
        ]
        assert cluster.do("GET", f"{core}/serviceaccounts/default")["secrets"] == [{"name": "git-key"}]
    finally:
        remove_now(cluster, f"{core}/pods/p")


def test_what_names_a_mapped_namespace_is_mapped_and_what_serves_the_old_one_stays(export, cluster, app, volume):
    bindings = f"{RBAC}/clusterrolebindings"
    binding = {
        "metadata": {"name": f"restored:{app}"},
        "roleRef": {"apiGroup": "rbac.authorization.k8s.io", "kind": "ClusterRole", "name": "view"},
        "subjects": [
            {"kind": "ServiceAccount", "name": "web", "namespace": app},
            {"kind": "User", "name": f"system:serviceaccount:{app}:web", "apiGroup": "rbac.authorization.k8s.io"},
        ],
    }
    converted = definition("mapped.example.org", "things", "Thing")
    service = {"namespace": app, "name": "web", "path": "/convert"}
    converted["spec"]["conversion"] = {
        "strategy": "Webhook",
        "webhook": {"conversionReviewVersions": ["v1"], "clientConfig": {"service": service}},
    }
    shared = [
        f"{WEBHOOKS}/restored-webhook",
        f"{bindings}/restored:{app}",
        f"{DEFINITIONS}/things.mapped.example.org",
    ]
    names = ["--name", f"restored-webhook,restored:{app},things.mapped.example.org,{volume}"]
    copy = app[:55] + "-copy"
    mapping = ["--map-namespace", f"{app}={copy}", "--conflict", "update"]
    try:
        cluster.create(WEBHOOKS, webhook(app))
        cluster.create(bindings, binding)
        cluster.create_definition(converted)
        export.run()
        said = restore(export, COMPLETE, *names, *mapping)
        assert said.count("it would serve the new namespace instead") == 4
        assert all(f"'{app}'" in str(cluster.do("GET", path)) for path in shared)
        for path in shared:
            cluster.do("DELETE", path)
            await_value(lambda path=path: cluster.call("GET", path)[0] == 404, 180, f"{path} to be gone")
        restore(export, COMPLETE, *names, *mapping)
        hook, bound, defined = [cluster.do("GET", path) for path in shared]
        assert hook["webhooks"][0]["clientConfig"]["service"]["namespace"] == copy
        assert [bound["subjects"][0]["namespace"], bound["subjects"][1]["name"]] == [
            copy,
            f"system:serviceaccount:{copy}:web",
        ]
        assert defined["spec"]["conversion"]["webhook"]["clientConfig"]["service"]["namespace"] == copy
        said = restore(export, COMPLETE, "--namespace", app, *mapping)
        assert f"without its volume {volume}, which the claim {app}/data has" in said
        claim = f"/api/v1/namespaces/{copy}/persistentvolumeclaims/data"
        assert "volumeName" not in cluster.do("GET", claim)["spec"]
        remove_now(cluster, claim)
        remove_now(cluster, f"/api/v1/persistentvolumes/{volume}")
        restore(export, COMPLETE, "--name", f"{volume},data", *mapping)
        spec = cluster.do("GET", f"/api/v1/persistentvolumes/{volume}")["spec"]
        assert [spec["claimRef"]["namespace"], spec["csi"]["nodeStageSecretRef"]["namespace"]] == [copy, copy]
        assert cluster.do("GET", claim)["spec"]["volumeName"] == volume
        remove_now(cluster, claim)
    finally:
        for path in shared:
            cluster.call("DELETE", path)
        # Discovery names the group a moment longer.
        await_value(lambda: "mapped.example.org" not in str(cluster.do("GET", "/apis")), 180, "the group to be gone")
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
        await_value(lambda: "broken.example.org" not in str(cluster.do("GET", "/apis")), 180, "the group to be gone")
