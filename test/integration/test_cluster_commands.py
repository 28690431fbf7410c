# Copyright 2026 The CloudStack Backup Authors
# SPDX-License-Identifier: Apache-2.0
"""Registered clusters and their exports through the server's API, on a real API server and a real S3 server."""

import base64
import json
import signal
import subprocess
import uuid

import pytest

from client import ApiError, Client
from kubernetes import MERGE_PATCH
from processes import await_value, free_port
from s3proxy import ACCESS_KEY, SECRET_KEY
from test_cluster_export import remove_namespace

JOB_SECONDS = 240
# So many that an export cannot end before it is killed.
KILLED_OBJECTS = 2000


def kubeconfig(kube, token=None, server=None, authority=None, **user):
    """A kubeconfig that holds everything itself."""
    config = json.loads(kube.kubeconfig(kube.folder / "commands.kubeconfig", token).read_text())
    cluster = config["clusters"][0]["cluster"]
    del cluster["certificate-authority"]
    cluster["certificate-authority-data"] = base64.b64encode((authority or kube.ca).read_bytes()).decode()
    cluster["server"] = server or kube.url
    config["users"][0]["user"].update(user)
    return json.dumps(config)


def other_authority(kube):
    """A certificate that signed nothing of the API server."""
    folder = kube.folder / "other-authority"
    folder.mkdir(exist_ok=True)
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=other"]
        + ["-keyout", "ca.key", "-out", "ca.crt"],
        cwd=folder,
        check=True,
        capture_output=True,
        timeout=60,
    )
    return folder / "ca.crt"


def add(client, zone, text, name=None, **params):
    """Registers a cluster and gives it."""
    name = name or f"it-{uuid.uuid4().hex[:8]}"
    answer = client.call(
        "addBackupCluster", method="POST", name=name, zoneid=zone["id"], kubeconfig=text, **params
    )
    return answer["backupcluster"]


def refusal(client, zone, text, **params):
    """Why a kubeconfig is refused."""
    with pytest.raises(ApiError) as refused:
        add(client, zone, text, **params)
    assert refused.value.code == 431
    return refused.value.text


def configure(client, s3, bucket, **settings):
    """Where exports go."""
    values = {
        "endpoint": s3.endpoint,
        "use.ssl": "false",
        "access.key": ACCESS_KEY,
        "secret.key": SECRET_KEY,
        "bucket": bucket.name,
        # What the API server writes by itself, all the time.
        "exclude.resources": "events,leases,endpoints,endpointslices",
        "retry.delay": "100ms",
        "lock.expiry": "60s",
        "request.timeout": "60s",
        **settings,
    }
    for name, value in values.items():
        client.call("updateConfiguration", name=f"cluster.export.{name}", value=value)


@pytest.fixture
def app(kube):
    """A namespace with some of everything that is built in."""
    name = kube.create_namespace(f"app-{uuid.uuid4().hex[:8]}")
    core = f"/api/v1/namespaces/{name}"
    kube.create(f"{core}/configmaps", {"metadata": {"name": "one"}, "data": {"k": "first"}})
    kube.create(f"{core}/configmaps", {"metadata": {"name": "two"}, "data": {"k": "first"}})
    kube.create(f"{core}/secrets", {"metadata": {"name": "key"}, "stringData": {"p": "hunter2"}})
    yield name
    remove_namespace(kube, name)


@pytest.fixture
def cluster(admin, zone, kube, s3, bucket):
    """A registered cluster whose exports go to a bucket of this test's own."""
    configure(admin, s3, bucket)
    made = add(admin, zone, kubeconfig(kube))
    yield made
    admin.call("deleteBackupCluster", id=made["id"])


def export(client, cluster, **params):
    """Exports and gives the export."""
    result = client.run("createClusterExport", JOB_SECONDS, clusterid=cluster["id"], **params)
    return result["clusterexport"]


def restore(client, cluster, export_id, **params):
    """Restores and gives what was done."""
    result = client.run("restoreClusterExport", JOB_SECONDS, clusterid=cluster["id"], id=export_id, **params)
    return result["clusterrestore"]


def configmap(kube, namespace, name):
    """A ConfigMap's only value, or the status where there is none."""
    status, found = kube.call("GET", f"/api/v1/namespaces/{namespace}/configmaps/{name}")
    return found["data"]["k"] if status == 200 else status


def change(kube, namespace, name, text):
    path = f"/api/v1/namespaces/{namespace}/configmaps/{name}"
    kube.do("PATCH", path, {"data": {"k": text}}, content_type=MERGE_PATCH)


def test_a_connection_that_does_not_work_is_refused_with_the_step_that_failed(admin, zone, kube):
    nobody = kube.service_account("default", f"nobody-{uuid.uuid4().hex[:8]}")
    secret = "nobody-logs-this-token"
    before = admin.count("listBackupClusters")
    for expected, text in [
        ("step dns failed: the host no-such-host.invalid is unknown", kubeconfig(kube, server="https://no-such-host.invalid")),
        ("step tcp failed: 127.0.0.1 takes no connection at", kubeconfig(kube, server=f"https://127.0.0.1:{free_port()}")),
        ("step tls failed: the server's certificate is not of", kubeconfig(kube, authority=other_authority(kube))),
        ("step token failed: the API server does not take the token", kubeconfig(kube, token=secret)),
        ("step permission failed: may not list namespaces, configmaps, secrets", kubeconfig(kube, token=nobody)),
        ("Parameter kubeconfig: it is no YAML in line", f"users: [\ntoken: {secret}{{\n"),
        ("Parameter kubeconfig: it is no kubeconfig", f"token: {secret}"),
        ("names a file in certificate-authority", kube.kubeconfig(kube.folder / "files.kubeconfig").read_text()),
        ("logs in by exec, which starts a program", kubeconfig(kube, exec={"command": "touch", "args": [secret]})),
    ]:
        told = refusal(admin, zone, text)
        assert expected in told
        assert secret not in told
    assert "it has no context 'wrong', but test" in refusal(admin, zone, kubeconfig(kube), context="wrong")
    assert "a cluster's name is" in refusal(admin, zone, kubeconfig(kube), name="../etc")
    assert admin.count("listBackupClusters") == before


def test_a_cluster_is_added_tested_changed_listed_and_deleted(admin, zone, kube):
    cluster = add(admin, zone, kubeconfig(kube), context="test")
    assert (cluster["server"], cluster["zoneid"], cluster["context"]) == (kube.url, zone["id"], "test")
    tested = admin.call("testBackupCluster", id=cluster["id"])["backupclusterconnection"]
    assert tested["success"] is True
    names = ["kubeconfig", "dns", "tcp", "tls", "token", "permission"]
    assert [(each["name"], each["status"]) for each in tested["step"]] == [(name, "Ok") for name in names]
    with pytest.raises(ApiError) as taken:
        add(admin, zone, kubeconfig(kube), name=cluster["name"].upper())
    assert taken.value.code == 536
    broken = kubeconfig(kube, token="wrong")
    change_it = {"method": "POST", "id": cluster["id"], "kubeconfig": broken}
    with pytest.raises(ApiError) as refused:
        admin.call("updateBackupCluster", **change_it)
    assert "step token failed" in refused.value.text
    admin.call("updateBackupCluster", **change_it, force="true")
    tested = admin.call("testBackupCluster", id=cluster["id"])["backupclusterconnection"]
    assert tested["success"] is False
    assert {each["name"]: each["status"] for each in tested["step"]} == {
        **dict.fromkeys(names[:4], "Ok"),
        "token": "Failed",
        "permission": "Skipped",
    }
    admin.call("updateBackupCluster", method="POST", id=cluster["id"], kubeconfig=kubeconfig(kube), name=cluster["name"] + "-2")
    [listed] = admin.items("listBackupClusters", id=cluster["id"])
    assert (listed["name"], listed["folder"]) == (cluster["name"] + "-2", cluster["name"])
    assert "kubeconfig" not in listed
    with pytest.raises(ApiError) as held:
        admin.call("deleteZone", id=zone["id"])
    assert "1 backup clusters" in held.value.text
    admin.call("deleteBackupCluster", id=cluster["id"])
    assert admin.items("listBackupClusters", name=listed["name"]) == []
    told = [each["type"] for each in admin.items("listEvents", resourceid=cluster["id"], resourcetype="BackupCluster")]
    assert sorted(told) == ["BACKUP.CLUSTER.ADD", "BACKUP.CLUSTER.DELETE", "BACKUP.CLUSTER.UPDATE", "BACKUP.CLUSTER.UPDATE"]


def test_what_was_wiped_comes_back_as_it_was_exported(admin, kube, cluster, app, bucket):
    first = export(admin, cluster)
    assert (first["outcome"], first["clusterid"]) == ("complete", cluster["id"])
    assert first["objects"] == first["uploaded"] > 3
    assert f"clusterbackup/{cluster['folder']}/{app}/configmaps/one.yaml" in bucket.keys()
    change(kube, app, "one", "second")
    second = export(admin, cluster)
    assert second["uploaded"] == 1
    assert [each["id"] for each in admin.items("listClusterExports", clusterid=cluster["id"])] == [second["id"], first["id"]]
    [page] = admin.items("listClusterExports", clusterid=cluster["id"], page=2, pagesize=1)
    assert page["id"] == first["id"]
    [latest] = admin.items("listClusterExports", clusterid=cluster["id"], id="latest-complete")
    assert latest == second

    remove_namespace(kube, app)
    asked = restore(admin, cluster, first["id"], namespaces=app, dryrun="true")
    assert (asked["success"], asked["dryrun"]) == (True, True)
    assert not set(asked["counts"]) & {"created", "updated", "recreated", "failed"}
    assert configmap(kube, app, "one") == 404, "a dry run wrote"
    done = restore(admin, cluster, first["id"], namespaces=app)
    assert (done["success"], done["exportid"]) == (True, first["id"])
    assert done["counts"]["created"] >= 4
    assert configmap(kube, app, "one") == "first"
    assert kube.do("GET", f"/api/v1/namespaces/{app}/secrets/key")["data"] == {"p": base64.b64encode(b"hunter2").decode()}
    assert json.loads(bucket.read(done["report"]))["counts"]["created"] == done["counts"]["created"]

    change(kube, app, "one", "third")
    kept = restore(admin, cluster, first["id"], namespaces=app, types="configmaps")
    assert (kept["counts"], configmap(kube, app, "one")) == ({"skipped": 2}, "third")
    error = admin.fails("restoreClusterExport", clusterid=cluster["id"], id=first["id"], namespaces=app, conflictpolicy="fail")
    assert "Nothing was restored" in error.text
    restore(admin, cluster, first["id"], namespaces=app, names="one", conflictpolicy="update")
    assert configmap(kube, app, "one") == "first"
    copy = f"{app}-copy"
    try:
        restore(admin, cluster, second["id"], namespaces=app, types="configmaps", namespacemapping=f"{app}={copy}")
        assert (configmap(kube, copy, "one"), configmap(kube, app, "one")) == ("second", "first")
    finally:
        remove_namespace(kube, copy)


def test_old_exports_are_deleted_but_never_the_newest(admin, cluster, app, kube):
    first = export(admin, cluster)
    second = export(admin, cluster)
    for name, code in [(second["id"], 536), ("r999999-20260101T000000Z", 431)]:
        assert admin.fails("deleteClusterExport", clusterid=cluster["id"], id=name).code == code
    assert admin.run("deleteClusterExport", clusterid=cluster["id"], id=first["id"]) == {"success": True}
    assert [each["id"] for each in admin.items("listClusterExports", clusterid=cluster["id"])] == [second["id"]]
    change(kube, app, "one", "changed")
    restore(admin, cluster, second["id"], namespaces=app, conflictpolicy="update")
    assert configmap(kube, app, "one") == "first", "the export that was kept lost what it shared with the deleted one"


def test_wrong_values_are_told_by_the_name_of_their_parameter_or_setting(admin, cluster):
    for params, told in [
        ({"includenamespaces": "Not*Allowed!"}, "parameter includenamespaces is 'Not*Allowed!'"),
        ({"filteringmode": "graylist"}, "parameter filteringmode is 'graylist', but it is one of whitelist, blacklist, hybrid"),
        ({"maxresourcesize": "10X"}, "parameter maxresourcesize is '10X', but a size is"),
        ({"labelselector": "=="}, "parameter labelselector"),
        ({"secretspolicy": "encrypt"}, "setting cluster.export.secrets.key is required when parameter secretspolicy is encrypt"),
    ]:
        error = admin.fails("createClusterExport", clusterid=cluster["id"], **params)
        assert error.code == 431
        assert told in error.text
    for params, told in [
        ({"conflictpolicy": "maybe"}, "parameter conflictpolicy is 'maybe', but it is one of skip, update, recreate, fail"),
        ({"labelselector": "=="}, "parameter labelselector is wrong"),
        ({"namespacemapping": "a"}, "Parameter namespacemapping: 'a' is not old=new"),
    ]:
        error = admin.fails("restoreClusterExport", clusterid=cluster["id"], id="latest", **params)
        assert error.code == 431
        assert told in error.text
    assert "There is no run 'latest'" in admin.fails("restoreClusterExport", clusterid=cluster["id"], id="latest").text
    admin.call("updateConfiguration", name="cluster.export.lock.expiry", value="soon")
    error = admin.fails("createClusterExport", clusterid=cluster["id"])
    assert "setting cluster.export.lock.expiry is 'soon', but a duration is" in error.text


def test_a_store_that_cannot_be_read_is_an_error_and_no_empty_list(admin, cluster, bucket):
    assert admin.items("listClusterExports", clusterid=cluster["id"]) == []
    for name, wrong in [
        ("endpoint", f"127.0.0.1:{free_port()}"),
        ("secret.key", "wrong-key-nobody-logs"),
        ("bucket", "no-such-bucket"),
    ]:
        right = {"secret.key": SECRET_KEY, "bucket": bucket.name}.get(name)
        right = right or admin.items("listConfigurations", name="cluster.export.endpoint")[0]["value"]
        admin.call("updateConfiguration", name=f"cluster.export.{name}", value=wrong)
        error = admin.fails("listClusterExports", clusterid=cluster["id"])
        assert "list of exports was not possible" in error.text
        assert "nobody-logs" not in error.text
        assert admin.fails("createClusterExport", clusterid=cluster["id"]).text
        admin.call("updateConfiguration", name=f"cluster.export.{name}", value=right)


def test_what_may_not_be_listed_makes_a_partial_export_that_says_so(admin, zone, kube, s3, bucket, app):
    configure(admin, s3, bucket)
    rules = [{"apiGroups": [""], "resources": ["configmaps", "namespaces"], "verbs": ["list", "get"]}]
    limited = kube.service_account("default", f"limited-{uuid.uuid4().hex[:8]}", rules)
    assert "may not list secrets" in refusal(admin, zone, kubeconfig(kube, token=limited))
    cluster = add(admin, zone, kubeconfig(kube, token=limited), force="true")
    try:
        made = export(admin, cluster)
        assert made["outcome"] == "partial"
        assert any(each.startswith("type secrets: ") and "forbidden" in each for each in made["problem"])
        levels = {each["level"] for each in admin.items("listEvents", resourceid=cluster["id"], resourcetype="BackupCluster")}
        assert levels == {"INFO", "WARN"}
    finally:
        admin.call("deleteBackupCluster", id=cluster["id"])


def test_exports_of_one_server_take_turns(admin, cluster, app):
    jobs = [admin.call("createClusterExport", clusterid=cluster["id"])["jobid"] for _ in range(3)]
    # At a time, all but one would find the lock of the first held, and fail.
    made = [admin.job(job, JOB_SECONDS)["jobresult"]["clusterexport"]["id"] for job in jobs]
    assert len(set(made)) == 3


def test_a_lock_of_somebody_else_is_told_and_left_alone(admin, cluster, bucket):
    key = f"clusterexport/{cluster['folder']}/lock.json"
    lock = b'{"holder": "run of a CronJob", "expirySeconds": 3600}'
    bucket.write(key, lock)
    error = admin.fails("createClusterExport", clusterid=cluster["id"])
    assert error.code == 536
    assert "is held by run of a CronJob" in error.text
    assert bucket.read(key) == lock


def test_nothing_of_the_export_is_loaded_before_it_is_used(new_server, tmp_path, kube):
    loaded = tmp_path / "classes.log"
    server = new_server(environment={"CLOUDSTACKBACKUP_JAVA_OPTS": f"-Xlog:class+load:file={loaded}"}).start()
    admin = server.admin()
    admin.call("listBackupClusters")
    libraries = ("io.fabric8.", "software.amazon.", "org.snakeyaml.")
    assert "org.cloudstackbackup.server.cluster." in loaded.read_text()
    assert not [name for name in libraries if name in loaded.read_text()]
    add(admin, admin.items("listZones")[0], kubeconfig(kube))
    assert "io.fabric8." in loaded.read_text()


def test_a_tenant_may_call_none_of_it(admin, cluster, server):
    name = f"tenant-{uuid.uuid4().hex[:8]}"
    account = admin.call(
        "createAccount", username=name, password="a-tenants-Passw0rd", email="t@example.org", firstname="T", lastname="T", accounttype=0
    )["account"]
    keys = admin.call("registerUserKeys", id=account["user"][0]["id"])["userkeys"]
    tenant = Client(server.url, keys["apikey"], keys["secretkey"])
    for command in [
        "addBackupCluster",
        "updateBackupCluster",
        "listBackupClusters",
        "testBackupCluster",
        "deleteBackupCluster",
        "createClusterExport",
        "listClusterExports",
        "restoreClusterExport",
        "deleteClusterExport",
    ]:
        tenant.refused(command, 401, id=cluster["id"], clusterid=cluster["id"])


@pytest.fixture
def many(kube):
    """A namespace with so many ConfigMaps that to export them takes a while."""
    name = kube.create_namespace(f"many-{uuid.uuid4().hex[:8]}")
    for number in range(KILLED_OBJECTS):
        path = f"/api/v1/namespaces/{name}/configmaps"
        kube.create(path, {"metadata": {"name": f"c{number}"}, "data": {"k": "first"}})
    yield name
    remove_namespace(kube, name)


def test_an_export_that_a_kill_cuts_off_ends_truly_at_the_next_start(new_server, kube, s3, bucket, many):
    server = new_server().start()
    admin = server.admin()
    zone = admin.items("listZones")[0]
    configure(admin, s3, bucket, **{"upload.concurrency": "1", "lock.expiry": "10s", "request.timeout": "10s"})
    cluster = add(admin, zone, kubeconfig(kube))
    first = export(admin, cluster)
    change(kube, many, "c0", "second")
    for number in range(1, KILLED_OBJECTS):
        change(kube, many, f"c{number}", "second")
    prefix = f"clusterbackup/{cluster['folder']}/{many}/"
    before = {key: bucket.read(key) for key in bucket.keys(prefix)[:10]}
    job = admin.call("createClusterExport", clusterid=cluster["id"])["jobid"]
    await_value(lambda: any(bucket.read(key) != body for key, body in before.items()), 120, "a file to be written", 0.01)
    assert admin.call("queryAsyncJobResult", jobid=job)["jobstatus"] == 0, "the export ended before it could be killed"
    server.stop(signal.SIGKILL)
    latest = json.loads(bucket.read(f"clusterexport/{cluster['folder']}/latest.json"))
    assert latest["run"] == first["id"]

    server.start()
    admin = server.admin()
    assert [each["id"] for each in admin.items("listClusterExports", clusterid=cluster["id"])] == [first["id"]]
    record = admin.job(job, JOB_SECONDS)
    assert record["jobstatus"] == 1, record
    made = record["jobresult"]["clusterexport"]
    assert (made["outcome"], made["objects"]) == ("complete", first["objects"])
    listed = admin.items("listClusterExports", clusterid=cluster["id"])
    assert [each["id"] for each in listed] == [made["id"], first["id"]]
    assert f"clusterexport/{cluster['folder']}/lock.json" not in bucket.keys()

    remove_namespace(kube, many)
    job = admin.call("restoreClusterExport", clusterid=cluster["id"], id=first["id"], namespaces=many)["jobid"]
    await_value(lambda: configmap(kube, many, "c0") != 404, 120, "an object to be restored", 0.01)
    assert admin.call("queryAsyncJobResult", jobid=job)["jobstatus"] == 0, "the restore ended before it could be killed"
    server.stop(signal.SIGKILL)
    server.start()
    record = server.admin().job(job, JOB_SECONDS)
    assert record["jobstatus"] == 1, record
    restored = record["jobresult"]["clusterrestore"]
    assert restored["success"] is True
    assert sum(restored["counts"].values()) == KILLED_OBJECTS + 1
    for number in range(0, KILLED_OBJECTS, 37):
        assert configmap(kube, many, f"c{number}") == "first"


def test_no_file_log_or_answer_shows_a_kubeconfig_or_a_key(new_server, kube, s3, bucket, app):
    server = new_server().start()
    admin = server.admin()
    zone = admin.items("listZones")[0]
    configure(admin, s3, bucket)
    cluster = add(admin, zone, kubeconfig(kube))
    export(admin, cluster)
    admin.fails("createClusterExport", clusterid=cluster["id"], includenamespaces="Not*Allowed!")
    answers = [
        admin.raw(command, **params).text
        for command, params in [
            ("listBackupClusters", {}),
            ("testBackupCluster", {"id": cluster["id"]}),
            ("listClusterExports", {"clusterid": cluster["id"]}),
            ("listEvents", {"listall": "true"}),
            ("listAsyncJobs", {"listall": "true"}),
            ("listConfigurations", {"name": "cluster.export.secret.key"}),
        ]
    ]
    shown = "\n".join([*answers, *server.lines])
    server.stop()
    kept = b"".join(path.read_bytes() for path in server.data.rglob("*") if path.is_file())
    for secret in (kube.admin_token, SECRET_KEY, base64.b64encode(kube.ca.read_bytes()).decode()[:64]):
        assert secret not in shown
        assert secret.encode() not in kept
    assert cluster["name"].encode() in kept, "the database was not looked at"
