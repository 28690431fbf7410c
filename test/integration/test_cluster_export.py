# Copyright 2026 The CloudStack Backup Authors
# SPDX-License-Identifier: Apache-2.0
"""The packaged cluster export from end to end, on a real API server and a real S3 server."""

import gzip
import json
import os
import re
import signal
import subprocess

import pytest
import requests
import yaml

from cluster_fixtures import new_kube
from kubernetes import MERGE_PATCH
from minio import REGION
from processes import await_value, free_port
from programs import building
from server import REPOSITORY
from test_cluster_export_deploy import DEPLOY, MONITORING, Types, manifests

MODULE = REPOSITORY / "plugins" / "backup" / "cluster-export"
RUN_SECONDS = 180
# So many that a run cannot end before it is killed.
KILLED_OBJECTS = 3000
COMPLETE, FAILED, WRONG_SETTINGS, PARTIAL = 0, 1, 2, 3
CLUSTER = "production-east"
FILES = f"clusterbackup/{CLUSTER}/"
# The API server writes these by itself, all the time.
RESTLESS = "events\nleases\nendpoints\nendpointslices\n"


@pytest.fixture(scope="module")
def jar():
    """The program, built as its image has it."""
    with building():
        done = subprocess.run(
            ["mvn", "-q", "-B", "-pl", "plugins/backup/cluster-export", "-am", "-DskipTests"]
            + ["-Dspotless.check.skip=true", "package"],
            cwd=REPOSITORY,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=900,
        )
    assert done.returncode == 0, done.stdout + done.stderr
    return MODULE / "target" / "dist" / "cluster-export.jar"


class Export:
    """The program with settings for one cluster and one bucket."""

    def __init__(self, jar, kube, s3, bucket, folder):
        self.jar = jar
        self.kube = kube
        self.bucket = bucket
        self.folder = folder
        self.settings = {
            "KUBECONFIG": str(kube.kubeconfig(folder / "kubeconfig")),
            "CONFIG_MAP": "none",
            "CLUSTER_NAME": CLUSTER,
            "MINIO_ENDPOINT": s3.endpoint,
            "MINIO_USE_SSL": "false",
            "MINIO_ACCESS_KEY": s3.access_key,
            "MINIO_SECRET_KEY": s3.secret_key,
            "MINIO_BUCKET": bucket.name,
            "EXCLUDE_RESOURCES": RESTLESS,
            "EXCLUDE_NAMESPACES": "kube-*",
            "METRICS_PORT": "0",
            "RETRY_DELAY": "100ms",
            "LOCK_EXPIRY": "2m",
        }

    def as_user(self, token):
        """From now on as the user of a token."""
        self.settings["KUBECONFIG"] = str(self.kube.kubeconfig(self.folder / "user.kubeconfig", token))
        return self

    def command(self, *arguments, java=("java",)):
        return [*java, "-jar", str(self.jar), *arguments]

    def environment(self, **settings):
        found = {name: value for name, value in os.environ.items() if name in ("PATH", "JAVA_HOME", "HOME", "LANG")}
        return found | self.settings | settings

    def call(self, *arguments, java=("java",), **settings):
        """The finished process."""
        return subprocess.run(
            self.command(*arguments, java=java),
            env=self.environment(**settings),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=RUN_SECONDS,
        )

    def run(self, expected=COMPLETE, **settings):
        """Runs to the expected end and gives the run's record."""
        done = self.call("run", **settings)
        assert done.returncode == expected, f"{done.returncode}:\n{done.stdout[-4000:]}\n{done.stderr[-2000:]}"
        assert self.settings["MINIO_SECRET_KEY"] not in done.stdout + done.stderr
        for line in done.stdout.splitlines():
            json.loads(line)
        return self.latest_record()

    def latest(self):
        return json.loads(self.bucket.read(f"clusterexport/{CLUSTER}/latest.json"))

    def latest_record(self):
        return json.loads(self.bucket.read(f"clusterexport/{CLUSTER}/runs/{self.latest()['run']}/run.json"))

    def manifest(self, run):
        """Keys of a run's objects, and those that vanished."""
        lines = gzip.decompress(self.bucket.read(f"clusterexport/{CLUSTER}/runs/{run}/manifest.jsonl.gz")).decode()
        rows = [json.loads(line) for line in lines.splitlines()]
        keys = {row[0] for row in rows if isinstance(row, list)}
        vanished = {row["vanished"] for row in rows if isinstance(row, dict) and "vanished" in row}
        return keys, vanished

    def files(self):
        return set(self.bucket.keys(FILES))

    def written(self, prefix=FILES):
        """When each file was written."""
        pages = self.bucket.client.get_paginator("list_objects_v2").paginate(Bucket=self.bucket.name, Prefix=prefix)
        return {each["Key"]: each["LastModified"] for page in pages for each in page.get("Contents", [])}

    def read(self, namespace, plural, name):
        return yaml.safe_load(self.bucket.read(f"{FILES}{namespace}/{plural}/{name}.yaml"))


@pytest.fixture(scope="module")
def cluster(tmp_path_factory):
    """An API server for the tests of this module."""
    server = new_kube(tmp_path_factory.mktemp("kube"))
    try:
        server.start()
        for group in ("shop.example.org", "other.example.org"):
            server.create_definition(definition(group, "widgets", "Widget"))
        # The plural of a core type in another group.
        server.create_definition(definition("shop.example.org", "services", "ShopService"))
        yield server
    finally:
        server.stop()


def definition(group, plural, kind):
    return {
        "apiVersion": "apiextensions.k8s.io/v1",
        "kind": "CustomResourceDefinition",
        "metadata": {"name": f"{plural}.{group}"},
        "spec": {
            "group": group,
            "scope": "Namespaced",
            "names": {"plural": plural, "singular": kind.lower(), "kind": kind},
            "versions": [
                {
                    "name": "v1",
                    "served": True,
                    "storage": True,
                    "schema": {"openAPIV3Schema": {"type": "object", "x-kubernetes-preserve-unknown-fields": True}},
                }
            ],
        },
    }


@pytest.fixture
def app(cluster, request):
    """A namespace of this test's own with some of everything; gone when the test ends."""
    name = "app-" + re.sub(r"[^a-z0-9]+", "-", request.node.name)[-40:].strip("-")
    cluster.create_namespace(name)
    fill(cluster, name)
    yield name
    remove_namespace(cluster, name)


def fill(kube, name):
    core = f"/api/v1/namespaces/{name}"
    kube.create(f"{core}/configmaps", {"metadata": {"name": "one"}, "data": {"yes": "no", "n": "1e3", "text": "a\nb\n"}})
    kube.create(f"{core}/configmaps", {"metadata": {"name": "two", "labels": {"tier": "web"}}, "data": {"k": "v"}})
    kube.create(f"{core}/secrets", {"metadata": {"name": "key"}, "stringData": {"password": "hunter2"}})
    kube.create(f"{core}/services", {"metadata": {"name": "web"}, "spec": {"ports": [{"port": 80}]}})
    kube.create(
        f"/apis/apps/v1/namespaces/{name}/deployments",
        {
            "metadata": {"name": "web"},
            "spec": {
                "replicas": 2,
                "selector": {"matchLabels": {"app": "web"}},
                "template": {
                    "metadata": {"labels": {"app": "web"}},
                    "spec": {"containers": [{"name": "web", "image": "registry.example.org/web:1"}]},
                },
            },
        },
    )
    kube.create(
        f"/apis/rbac.authorization.k8s.io/v1/namespaces/{name}/roles",
        {
            "metadata": {"name": "team:reader"},
            "rules": [{"apiGroups": [""], "resources": ["configmaps"], "verbs": ["get"]}],
        },
    )
    for group, plural, kind in [
        ("shop.example.org", "widgets", "Widget"),
        ("other.example.org", "widgets", "Widget"),
        ("shop.example.org", "services", "ShopService"),
    ]:
        body = {"apiVersion": f"{group}/v1", "kind": kind, "metadata": {"name": "w"}, "spec": {"size": 3, "group": group}}
        kube.create(f"/apis/{group}/v1/namespaces/{name}/{plural}", body)


def remove_namespace(kube, name):
    """Removes a namespace with all in it, as the controller manager would."""
    if kube.call("DELETE", f"/api/v1/namespaces/{name}")[0] == 404:
        return
    for each in Types(kube).served:
        if each["namespaced"] and "deletecollection" in each["verbs"]:
            path = f"{each['base']}/namespaces/{name}/{each['name']}"
            # A busy server may end the deletion of many in the middle.
            await_value(lambda path=path: kube.call("DELETE", path)[0] in (200, 404), 300, f"{path} to be emptied")
    kube.finish_namespace(name)
    await_value(lambda: kube.call("GET", f"/api/v1/namespaces/{name}")[0] == 404, 180, f"{name} to be gone")


@pytest.fixture
def export(request, jar, cluster, tmp_path):
    """The program for S3Proxy, or for MinIO where a test asks for it."""
    if getattr(request, "param", "s3proxy") == "s3proxy":
        return Export(jar, cluster, request.getfixturevalue("s3"), request.getfixturevalue("bucket"), tmp_path)
    minio = request.getfixturevalue("minio")
    made = Export(jar, cluster, minio, request.getfixturevalue("minio_bucket"), tmp_path)
    made.settings |= {"MINIO_USE_SSL": "true", "MINIO_CA_FILE": str(minio.ca), "MINIO_REGION": REGION}
    return made


on_both = pytest.mark.parametrize("export", ["s3proxy", "minio"], indirect=True)


def test_the_image_has_an_archive_of_the_classes_that_a_run_loads(export, app, tmp_path):
    archive = tmp_path / "classes.jsa"
    options = DEPLOY / "java-options"
    made = subprocess.run(
        [DEPLOY / "archive-classes", export.jar, options, archive],
        capture_output=True,
        text=True,
        timeout=RUN_SECONDS,
    )
    assert made.returncode == 0, made.stdout + made.stderr
    loaded = tmp_path / "loaded"
    java = ("java", f"@{options}", f"-XX:SharedArchiveFile={archive}", f"-Xlog:class+load:file={loaded}")
    # Once for what a first run does, and once for what the next ones do.
    for _ in range(2):
        done = export.call("run", java=java)
        assert done.returncode == COMPLETE, done.stdout + done.stderr
        # Of some 5000; more than half of the others are made while the program runs, and the archive cannot have them.
        others = [line for line in loaded.read_text().splitlines() if "source:" in line and "shared objects" not in line]
        assert len(others) < 700, "\n".join(others)


@on_both
def test_each_object_is_a_file_where_the_documents_say(export, cluster, app):
    record = export.run()
    assert record["outcome"] == "complete"
    files = export.files()
    assert {
        f"{FILES}{app}/{name}.yaml"
        for name in [
            "configmaps/one",
            "secrets/key",
            "services/web",
            "deployments/web",
            "roles/team:reader",
            "services.shop.example.org/w",
        ]
    } <= files
    assert len([each for each in files if each.startswith(f"{FILES}{app}/widgets")]) == 2
    assert all(each.count("/") == 4 for each in files)
    assert not [each for each in files if each.startswith(f"{FILES}kube-system/")]
    one = export.read(app, "configmaps", "one")
    assert (one["apiVersion"], one["kind"]) == ("v1", "ConfigMap")
    assert one["data"] == {"yes": "no", "n": "1e3", "text": "a\nb\n"}
    assert one["metadata"] == {"name": "one", "namespace": app}
    deployment = export.read(app, "deployments", "web")
    assert deployment["spec"]["replicas"] == 2
    assert "status" not in deployment
    keys, vanished = export.manifest(record["id"])
    assert keys == files
    assert vanished == set()


def test_every_file_is_taken_again_by_the_api_server(export, cluster, app):
    export.run(INCLUDE_NAMESPACES=app)
    types = Types(cluster)
    for key in export.files():
        if key.startswith(FILES + app):
            types.apply(yaml.safe_load(export.bucket.read(key)), dry_run=True)


@on_both
def test_a_second_run_writes_only_what_changed_and_tells_what_vanished(export, cluster, app):
    first = export.run()
    before = export.written()
    again = export.run()
    assert again["id"] != first["id"]
    assert export.written() == before, "nothing changed, but files were written"
    collection = f"/api/v1/namespaces/{app}/configmaps"
    cluster.do("PATCH", f"{collection}/one", {"data": {"yes": "changed"}}, content_type=MERGE_PATCH)
    cluster.do("DELETE", f"{collection}/two")
    cluster.create(collection, {"metadata": {"name": "three"}})
    third = export.run()
    after = export.written()
    folder = f"{FILES}{app}/configmaps/"
    changed = {key for key, when in after.items() if before.get(key) != when}
    assert changed == {folder + "one.yaml", folder + "three.yaml"}
    assert export.read(app, "configmaps", "one")["data"]["yes"] == "changed"
    keys, vanished = export.manifest(third["id"])
    assert vanished == {folder + "two.yaml"}
    assert folder + "two.yaml" not in keys
    assert folder + "two.yaml" in export.manifest(first["id"])[0]


def test_a_forbidden_type_makes_the_outcome_partial_and_buries_nothing(export, cluster, app):
    complete = export.run()
    rules = [{"apiGroups": ["*"], "resources": ["configmaps", "namespaces", "deployments"], "verbs": ["list", "get"]}]
    token = cluster.service_account("default", "limited-" + app, rules)
    partial = export.as_user(token).run(expected=PARTIAL)
    assert partial["outcome"] == "partial"
    assert "forbidden" in json.dumps(partial["report"]).lower()
    assert export.latest()["completeRun"] == complete["id"]
    keys, vanished = export.manifest(partial["id"])
    assert vanished == set(), "a type that could not be listed has not vanished"
    assert f"{FILES}{app}/secrets/key.yaml" in export.files()
    done = export.call("run")
    errors = [json.loads(line) for line in done.stdout.splitlines() if '"resource_list"' in line]
    assert any("forbidden" in str(each.get("error")).lower() and each["level"] == "error" for each in errors)


@on_both
def test_a_run_that_is_killed_leaves_the_last_complete_one_readable(export, cluster, app):
    collection = f"/api/v1/namespaces/{app}/configmaps"
    for number in range(KILLED_OBJECTS):
        cluster.create(collection, {"metadata": {"name": f"many-{number}"}, "data": {"k": "first"}})
    complete = export.run()
    for number in range(KILLED_OBJECTS):
        cluster.do("PATCH", f"{collection}/many-{number}", {"data": {"k": "second"}}, content_type=MERGE_PATCH)
    # A part is asked for often.
    some = f"{FILES}{app}/configmaps/many-10"
    before = export.written(some)
    assert len(before) > 100
    with (export.folder / "killed.log").open("wb") as log:
        running = subprocess.Popen(
            export.command("run"), env=export.environment(UPLOAD_CONCURRENCY="1", LOCK_EXPIRY="10s"), stdout=log, stderr=log
        )
    try:
        await_value(lambda: export.written(some) != before or running.poll() is not None, 120, "a file", 0.01)
        assert running.poll() is None, "the run ended before it could be killed"
    finally:
        running.send_signal(signal.SIGKILL)
        running.wait()
    assert export.latest()["run"] == complete["id"]
    assert export.manifest(complete["id"])[0] <= set(export.written())
    listed = export.call("list")
    assert (listed.returncode, complete["id"] in listed.stdout) == (0, True), listed

    def done():
        return export.call("run").returncode == COMPLETE

    # As soon as the dead one's lock has expired.
    await_value(done, 120, "a run after the killed one", 1)
    assert export.latest()["run"] != complete["id"]
    assert export.read(app, "configmaps", f"many-{KILLED_OBJECTS - 1}")["data"] == {"k": "second"}


@on_both
def test_what_was_wiped_is_restored_and_exports_to_the_same_files(export, cluster, app):
    first = export.run(INCLUDE_NAMESPACES=app)
    contents = {key: export.bucket.read(key) for key in export.files() if key.startswith(FILES + app)}
    assert len(contents) >= 9
    remove_namespace(cluster, app)
    restored = export.call("restore", first["id"], INCLUDE_NAMESPACES=app)
    assert restored.returncode == COMPLETE, restored.stdout[-4000:] + restored.stderr[-2000:]
    assert cluster.do("GET", f"/api/v1/namespaces/{app}/secrets/key")["data"] == {"password": "aHVudGVyMg=="}
    export.run(INCLUDE_NAMESPACES=app)
    again = {key: export.bucket.read(key) for key in export.files() if key.startswith(FILES + app)}
    assert {key: yaml.safe_load(body) for key, body in again.items()} == {
        key: yaml.safe_load(body) for key, body in contents.items()
    }


def test_with_the_shipped_roles_and_settings_a_run_is_complete(export, cluster, app):
    types = Types(cluster)
    for body in manifests(DEPLOY / "base"):
        types.apply(body, dry_run=False)
    try:
        # The custom resources of this cluster, as an operator would add them.
        rules = [{"apiGroups": ["shop.example.org", "other.example.org"], "resources": ["*"], "verbs": ["list"]}]
        cluster.bind("backup-system", "backup-service", rules)
        export.as_user(cluster.token("backup-system", "backup-service"))
        for name in ("CONFIG_MAP", "EXCLUDE_RESOURCES", "EXCLUDE_NAMESPACES", "RETRY_DELAY"):
            del export.settings[name]
        record = export.run(POD_NAMESPACE="backup-system")
        assert record["outcome"] == "complete"
        assert f"{FILES}{app}/secrets/key.yaml" in export.files()
        uid = cluster.do("GET", "/api/v1/namespaces/kube-system")["metadata"]["uid"]
        assert record["clusterUid"] == uid, "the right to list is enough to know the cluster"
        kept = export.files()
        for mistyped in ("no-such-namespace", "no-such-*"):
            refused = export.call("run", POD_NAMESPACE="backup-system", INCLUDE_NAMESPACES=mistyped)
            assert refused.returncode == FAILED, refused.stdout[-4000:]
            assert f"matches no namespace of the cluster: {mistyped}" in refused.stdout
        assert export.files() == kept
        assert export.latest()["run"] == record["id"]
    finally:
        remove_namespace(cluster, "backup-system")


def test_the_shipped_settings_are_right(export):
    done = export.call("check-config", CONFIG_FILE=str(DEPLOY / "base" / "backup-config.yaml"))
    assert done.returncode == COMPLETE, done.stdout + done.stderr


def test_every_wrong_setting_is_told_at_once_and_nothing_starts(export):
    done = export.call("run", BATCH_SIZE="many", RETRY_DELAY="5", FILTERING_MODE="graylist", MAX_RESOURCE_SIZE="10X")
    assert done.returncode == WRONG_SETTINGS
    said = done.stdout + done.stderr
    for name in ("BATCH_SIZE", "RETRY_DELAY", "FILTERING_MODE", "MAX_RESOURCE_SIZE"):
        assert name in said
    assert export.bucket.keys() == []


def test_check_config_asks_both_servers_and_names_what_is_wrong(export, tmp_path):
    def said(expected, **settings):
        done = export.call("check-config", "--connect", RETRY_ATTEMPTS="1", **settings)
        assert done.returncode == expected, done.stdout + done.stderr
        for secret in (export.settings["MINIO_SECRET_KEY"], export.kube.admin_token, "another-secret"):
            assert secret not in done.stdout + done.stderr
        lines = [json.loads(line) for line in done.stderr.splitlines() if line.startswith("{")]
        return done.stdout, [each for each in lines if each["level"] == "error"]

    assert said(COMPLETE) == ("The configuration is right.\n", [])
    _, [missing] = said(FAILED, MINIO_BUCKET="not-there")
    assert (missing["data"]["error_class"], "not-there" in missing["error"]) == ("not_found", True)
    _, [refused] = said(FAILED, MINIO_SECRET_KEY="another-secret-of-nobody")
    assert refused["data"]["error_class"] == "forbidden"
    away = yaml.safe_load((export.folder / "kubeconfig").read_text())
    away["clusters"][0]["cluster"]["server"] = f"https://127.0.0.1:{free_port()}"
    (tmp_path / "away").write_text(json.dumps(away))
    _, [unreachable] = said(FAILED, KUBECONFIG=str(tmp_path / "away"))
    assert unreachable["data"]["error_class"] == "connection"
    assert away["clusters"][0]["cluster"]["server"] in unreachable["error"]
    away["clusters"][0]["cluster"]["server"] = export.kube.url
    away["users"][0]["user"]["token"] = "another-secret-of-nobody"
    (tmp_path / "stranger").write_text(json.dumps(away))
    _, [stranger] = said(FAILED, KUBECONFIG=str(tmp_path / "stranger"))
    assert stranger["data"]["error_class"] == "unauthorized"
    assert export.bucket.keys() == []


def test_a_service_runs_by_its_schedule_and_ends_when_it_is_told_to(export, app):
    def planned_again():
        said = (export.folder / "service.log").read_text()
        assert service.poll() is None, said
        return said.count('"operation":"schedule"') == 2

    with (export.folder / "service.log").open("wb") as log:
        service = subprocess.Popen(
            export.command("run"),
            env=export.environment(SCHEDULE="* * * * *", INCLUDE_NAMESPACES=app),
            stdout=log,
            stderr=log,
        )
    try:
        await_value(planned_again, 240, "the end of the run of the next minute")
        service.terminate()
        assert service.wait(120) == 0
    finally:
        service.kill()
        service.wait()
    lines = (export.folder / "service.log").read_text().splitlines()
    records = [json.loads(line) for line in lines if line.startswith("{")]
    planned = next(each["data"]["at"] for each in records if each["operation"] == "schedule")
    started = [each["timestamp"] for each in records if each["operation"] == "backup_start"]
    assert len(started) == 1
    assert planned.endswith(":00Z")
    assert started[0][:16] == planned[:16], "it began in the minute it was planned for"
    assert [each["operation"] for each in records if each["level"] == "error"] == []
    assert records[-1]["operation"] == "shutdown"
    assert export.latest_record()["outcome"] == "complete"
    assert not [key for key in export.bucket.keys("clusterexport/") if key.endswith("lock.json")]


def test_a_scheduled_service_has_every_metric_that_alerts_and_dashboard_ask_for(export, app):
    asked = (MONITORING / "alerts.yaml").read_text() + (MONITORING / "dashboard.json").read_text()
    names = set(re.findall(r"\bcluster_backup_[a-z_]+", asked))
    assert len(names) >= 6
    export.run()
    port = free_port()
    with (export.folder / "service.log").open("wb") as log:
        service = subprocess.Popen(
            export.command("run"),
            env=export.environment(METRICS_PORT=str(port), SCHEDULE="0 2 * * *"),
            stdout=log,
            stderr=log,
        )
    try:
        url = f"http://127.0.0.1:{port}"

        def ready():
            assert service.poll() is None, (export.folder / "service.log").read_text()
            try:
                return requests.get(url + "/ready", timeout=60).status_code == 200
            except requests.RequestException:
                return False

        await_value(ready, 180, "the service to be ready")
        assert requests.get(url + "/health", timeout=60).status_code == 200
        text = requests.get(url + "/metrics", timeout=60).text
        assert names <= set(re.findall(r"^(cluster_backup_[a-z_]+)", text, re.MULTILINE))
        assert export.settings["MINIO_SECRET_KEY"] not in text
        last = re.search(r"^cluster_backup_last_success_timestamp (\S+)$", text, re.MULTILINE)
        assert float(last.group(1)) > 0, "the complete run before this process is forgotten"
    finally:
        service.terminate()
        assert service.wait(120) == 0, (export.folder / "service.log").read_text()
