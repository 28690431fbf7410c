# Copyright 2026 The CloudStack Backup Authors
# SPDX-License-Identifier: Apache-2.0
"""Exports of a cluster of which little changed since the one before: on a real API server, what is read and what is stored."""

import json

import pytest

import test_cluster_export
from kubernetes import MERGE_PATCH
from test_cluster_export import CLUSTER, COMPLETE

# The same fixtures, with an API server of this module's own.
app = test_cluster_export.app
cluster = test_cluster_export.cluster
export = test_cluster_export.export
jar = test_cluster_export.jar

OBJECTS = 400
PAGE = 40
CHANGED = range(PAGE, OBJECTS, 40)
WIDGETS = 120
FIRST_WIDGET = WIDGETS - 2


def requests_of(export, **settings):
    """What a run counted: its requests to the API server by verb, and its uploads."""
    done = export.call("run", BATCH_SIZE=str(PAGE), **settings)
    assert done.returncode == COMPLETE, done.stdout[-4000:] + done.stderr[-2000:]
    [data] = [each["data"] for each in map(json.loads, done.stdout.splitlines()) if each["operation"] == "backup_complete"]
    return data["api_requests"], data["uploaded"]


def contents(export, name):
    prefix = f"clusterbackup/{name}/"
    return {key[len(prefix) :]: export.bucket.read(key) for key in export.bucket.keys(prefix)}


@pytest.fixture
def many(cluster, app):
    """The collections of many objects of a built-in type and of a custom one."""
    config_maps = f"/api/v1/namespaces/{app}/configmaps"
    widgets = f"/apis/shop.example.org/v1/namespaces/{app}/widgets"
    for number in range(OBJECTS):
        cluster.create(config_maps, {"metadata": {"name": f"many-{number:03}"}, "data": {"k": "first", "pad": "x" * 500}})
    for number in range(WIDGETS):
        body = {"apiVersion": "shop.example.org/v1", "kind": "Widget", "metadata": {"name": f"w-{number:03}"}, "spec": {"k": 1}}
        cluster.create(widgets, body)
    return config_maps, widgets


@pytest.fixture
def change(cluster, many):
    """Changes some objects of both types, deletes one and makes one."""
    config_maps, widgets = many

    def patch(path, body):
        cluster.do("PATCH", path, body, content_type=MERGE_PATCH)

    def all_of_them():
        for number in CHANGED:
            patch(f"{config_maps}/many-{number:03}", {"data": {"k": "second"}})
            # Each change is an event; only the last one is what the object is.
            patch(f"{config_maps}/many-{number:03}", {"data": {"k": "third"}})
        for number in range(FIRST_WIDGET, WIDGETS):
            patch(f"{widgets}/w-{number:03}", {"spec": {"k": 2}})
        cluster.do("DELETE", f"{config_maps}/many-001")
        cluster.create(config_maps, {"metadata": {"name": "new"}, "data": {"k": "new"}})
        return len(CHANGED) + WIDGETS - FIRST_WIDGET + 1

    return all_of_them


def test_what_changed_is_watched_and_of_the_rest_metadata_is_read(export, change):
    first, _ = requests_of(export)
    changed = change()
    second, uploaded = requests_of(export)
    assert uploaded == changed
    # All ConfigMaps that changed by one request, the two widgets by one each.
    assert second["watch"] == 1
    assert second["list"] < first["list"]
    third, uploaded = requests_of(export)
    assert (uploaded, third.get("watch", 0)) == (0, 0)
    # Another name has no run before, so everything is read and stored.
    requests_of(export, CLUSTER_NAME="anew")
    assert contents(export, CLUSTER) == contents(export, "anew")


def test_who_may_not_watch_stores_the_same(export, cluster, change, app):
    rules = [{"apiGroups": ["*"], "resources": ["*"], "verbs": ["list"]}]
    export.as_user(cluster.service_account("default", "lists-" + app, rules))
    requests_of(export)
    changed = change()
    second, uploaded = requests_of(export)
    assert uploaded == changed
    # It was tried once, for the many.
    assert second["watch"] == 1
    requests_of(export, CLUSTER_NAME="anew")
    assert contents(export, CLUSTER) == contents(export, "anew")
