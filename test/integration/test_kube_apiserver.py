# Copyright 2026 The CloudStack Backup Authors
# SPDX-License-Identifier: Apache-2.0
"""The real API server and the real S3 server that other tests build on do what those tests take for granted."""

import subprocess

import boto3
import pytest
from botocore.exceptions import ClientError

from kubernetes import MERGE_PATCH
from programs import TOOLS

WIDGETS = {
    "apiVersion": "apiextensions.k8s.io/v1",
    "kind": "CustomResourceDefinition",
    "metadata": {"name": "widgets.fixture.example.org"},
    "spec": {
        "group": "fixture.example.org",
        "scope": "Namespaced",
        "names": {"plural": "widgets", "singular": "widget", "kind": "Widget"},
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


def test_a_config_map_is_made_read_changed_listed_and_removed(kube, namespace):
    collection = f"/api/v1/namespaces/{namespace}/configmaps"
    kube.create(collection, {"metadata": {"name": "one"}, "data": {"key": "first"}})
    assert kube.do("GET", f"{collection}/one")["data"] == {"key": "first"}
    kube.do("PATCH", f"{collection}/one", {"data": {"key": "second"}}, content_type=MERGE_PATCH)
    [found] = kube.do("GET", collection)["items"]
    assert found["data"] == {"key": "second"}
    kube.do("DELETE", f"{collection}/one")
    assert kube.call("GET", f"{collection}/one")[0] == 404


def test_a_service_account_may_do_what_its_role_says_and_no_more(kube, namespace):
    rules = [{"apiGroups": [""], "resources": ["configmaps"], "verbs": ["get", "list"]}]
    token = kube.service_account(namespace, "reader", rules)
    assert kube.call("GET", "/api/v1/configmaps", token=token)[0] == 200
    status, answer = kube.call("GET", "/api/v1/secrets", token=token)
    assert (status, answer["reason"]) == (403, "Forbidden")
    assert f"system:serviceaccount:{namespace}:reader" in answer["message"]
    body = {"metadata": {"name": "two"}}
    assert kube.call("POST", f"/api/v1/namespaces/{namespace}/configmaps", body, token)[0] == 403


def test_an_unknown_token_is_refused(kube):
    assert kube.call("GET", "/api/v1/namespaces", token="nobody")[0] == 401


def test_a_custom_resource_definition_is_established_and_its_objects_are_listed(kube, namespace):
    kube.create_definition(WIDGETS)
    try:
        widgets = f"/apis/fixture.example.org/v1/namespaces/{namespace}/widgets"
        widget = {"apiVersion": "fixture.example.org/v1", "kind": "Widget", "metadata": {"name": "w"}, "size": 3}
        kube.create(widgets, widget)
        [found] = kube.do("GET", "/apis/fixture.example.org/v1/widgets")["items"]
        assert (found["metadata"]["namespace"], found["size"]) == (namespace, 3)
    finally:
        name = WIDGETS["metadata"]["name"]
        kube.do("DELETE", f"/apis/apiextensions.k8s.io/v1/customresourcedefinitions/{name}")


def test_a_dry_run_says_what_is_wrong_and_stores_nothing(kube, namespace):
    collection = f"/api/v1/namespaces/{namespace}/configmaps"
    dry = f"{collection}?dryRun=All&fieldValidation=Strict"
    kube.create(dry, {"metadata": {"name": "dry"}, "data": {"key": "value"}})
    assert kube.call("GET", f"{collection}/dry")[0] == 404
    status, answer = kube.call("POST", dry, {"metadata": {"name": "dry"}, "dada": {}})
    assert (status, "dada" in answer["message"]) == (400, True)


def test_a_namespace_that_is_deleted_stays_until_it_is_finished(kube, namespace):
    kube.do("DELETE", f"/api/v1/namespaces/{namespace}")
    assert kube.do("GET", f"/api/v1/namespaces/{namespace}")["status"]["phase"] == "Terminating"
    kube.finish_namespace(namespace)
    assert kube.call("GET", f"/api/v1/namespaces/{namespace}")[0] == 404


def test_objects_survive_a_restart(own_kube):
    own_kube.create_namespace("kept")
    own_kube.stop()
    own_kube.start()
    assert own_kube.do("GET", "/api/v1/namespaces/kept")["metadata"]["name"] == "kept"


def test_with_kube_apiserver_gives_a_command_a_kubeconfig_and_its_exit_code(kube):
    script = 'test -s "$KUBECONFIG" && grep -q https://127.0.0.1 "$KUBECONFIG" && exit 7'
    done = subprocess.run([TOOLS / "with-kube-apiserver", "sh", "-c", script], capture_output=True, timeout=180)
    assert done.returncode == 7, done.stderr


@pytest.mark.parametrize("store", ["minio", "s3proxy"])
def test_with_an_s3_server_a_command_finds_where_it_is_and_gives_its_exit_code(store, request):
    request.getfixturevalue("minio" if store == "minio" else "s3")
    script = 'python3 -c "import os, socket; socket.create_connection((\'127.0.0.1\', int(os.environ[\'S3_PORT\'])))" && exit 7'
    done = subprocess.run([TOOLS / f"with-{store}", "sh", "-c", script], capture_output=True, timeout=180)
    assert done.returncode == 7, done.stderr
    done = subprocess.run([TOOLS / f"with-{store}"], capture_output=True, text=True, timeout=180)
    assert (done.returncode, done.stderr) == (2, f"usage: with-{store} COMMAND [ARGUMENT...]\n")


@pytest.mark.parametrize("key", ["a/b/c.yaml", "a/system:node/x y.yaml", "a/ü.yaml", "a/..b/c..d.yaml"])
def test_the_s3_server_keeps_what_is_put_under_any_name(bucket, key):
    bucket.write(key, b"kind: Widget\n")
    assert bucket.keys() == [key]
    assert bucket.read(key) == b"kind: Widget\n"
    bucket.client.delete_object(Bucket=bucket.name, Key=key)
    assert bucket.keys() == []


def test_the_s3_server_lists_more_than_one_page(bucket):
    for number in range(1005):
        bucket.write(f"many/{number:04}", b"")
    assert bucket.keys("many/") == [f"many/{number:04}" for number in range(1005)]


def test_the_s3_server_refuses_a_wrong_key_and_a_missing_bucket(s3, bucket):
    with pytest.raises(ClientError) as missing:
        bucket.client.list_objects_v2(Bucket="no-such-bucket")
    assert missing.value.response["Error"]["Code"] == "NoSuchBucket"
    stranger = boto3.client(
        "s3",
        endpoint_url=s3.url,
        region_name="us-east-1",
        aws_access_key_id="test-access",
        aws_secret_access_key="wrong",
    )
    with pytest.raises(ClientError) as refused:
        stranger.list_objects_v2(Bucket=bucket.name)
    assert refused.value.response["Error"]["Code"] == "SignatureDoesNotMatch"
