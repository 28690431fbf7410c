# Copyright 2026 The CloudStack Backup Authors
# SPDX-License-Identifier: Apache-2.0
"""Fixtures: a real Kubernetes API server, and a real S3 server with a client for it."""

import itertools
import os

import boto3
import pytest
from botocore.config import Config

from kubernetes import KubeApiServer
from minio import Minio
from programs import Missing
from s3proxy import ACCESS_KEY, SECRET_KEY, S3Proxy

numbers = itertools.count(1)


def new_kube(folder, *options):
    """An API server that is not started yet; skips the test, or with CI set fails it, when a program is missing."""
    return available(KubeApiServer, folder, *options)


def available(server, *arguments):
    """A server that is not started yet; skips the test, or with CI set fails it, when a program is missing."""
    try:
        return server(*arguments)
    except Missing as missing:
        if os.environ.get("CI"):
            pytest.fail(str(missing))
        pytest.skip(str(missing))


@pytest.fixture(scope="session")
def kube(tmp_path_factory):
    """The API server that tests share; a test leaves behind only names that no other test can meet."""
    shared = new_kube(tmp_path_factory.mktemp("kube"))
    try:
        yield shared.start()
    finally:
        shared.stop()


@pytest.fixture
def own_kube(tmp_path_factory):
    """An API server of this test's own, empty."""
    own = new_kube(tmp_path_factory.mktemp("own-kube"))
    try:
        yield own.start()
    finally:
        own.stop()


@pytest.fixture
def namespace(kube):
    """The name of a namespace of this test's own in the shared API server."""
    return kube.create_namespace(f"it-{os.getpid()}-{next(numbers)}")


@pytest.fixture(scope="session")
def s3(tmp_path_factory):
    """The S3 server that tests share."""
    shared = S3Proxy(tmp_path_factory.mktemp("s3"))
    try:
        yield shared.start()
    finally:
        shared.stop()


@pytest.fixture
def bucket(s3):
    """An empty bucket of this test's own."""
    client = boto3.client(
        "s3",
        endpoint_url=s3.url,
        region_name="us-east-1",
        aws_access_key_id=ACCESS_KEY,
        aws_secret_access_key=SECRET_KEY,
        config=Config(s3={"addressing_style": "path"}, retries={"total_max_attempts": 1}),
    )
    name = s3.create_bucket(f"bucket-{os.getpid()}-{next(numbers)}")
    yield Bucket(client, name)
    s3.remove_bucket(name)


@pytest.fixture(scope="session")
def minio(tmp_path_factory):
    """Another S3 server that tests share, behind TLS."""
    shared = available(Minio, tmp_path_factory.mktemp("minio"))
    try:
        yield shared.start()
    finally:
        shared.stop()


@pytest.fixture
def minio_bucket(minio):
    """An empty bucket of this test's own in MinIO."""
    bucket = Bucket(minio.client(), f"bucket-{os.getpid()}-{next(numbers)}")
    bucket.client.create_bucket(Bucket=bucket.name)
    return bucket


class Bucket:
    """One bucket, read and written with Amazon's own client."""

    def __init__(self, client, name):
        self.client = client
        self.name = name

    def keys(self, prefix=""):
        """All keys that begin with the prefix, sorted."""
        pages = self.client.get_paginator("list_objects_v2").paginate(Bucket=self.name, Prefix=prefix)
        return sorted(each["Key"] for page in pages for each in page.get("Contents", []))

    def read(self, key):
        """The bytes of one object."""
        return self.client.get_object(Bucket=self.name, Key=key)["Body"].read()

    def write(self, key, body):
        """Puts one object."""
        self.client.put_object(Bucket=self.name, Key=key, Body=body)
