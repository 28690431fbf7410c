# Copyright 2026 The CloudStack Backup Authors
# SPDX-License-Identifier: Apache-2.0
"""A real S3 server, MinIO, over a folder. Needs nothing but Python, and Go the first time."""

import functools
import ssl
import subprocess
import sys
import urllib.error
import urllib.request
from pathlib import Path

from beside import run_beside
from processes import Process, free_port
from programs import go_program

START_SECONDS = 120
ACCESS_KEY = "minio-access"
SECRET_KEY = "minio-secret-0123456789"
REGION = "eu-test-1"
EC_KEY = ("-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes")


class Minio:
    """One S3 server over one folder; with TLS by default, by a certificate of an authority of its own."""

    def __init__(self, folder, tls=True):
        self.folder = Path(folder)
        self.access_key = ACCESS_KEY
        self.secret_key = SECRET_KEY
        self.port = free_port()
        self.endpoint = f"127.0.0.1:{self.port}"
        self.url = f"{'https' if tls else 'http'}://{self.endpoint}"
        self.ca = self.folder / "ca.crt"
        certificates = self.folder / "certificates"
        certificates.mkdir(parents=True)
        if tls:
            self._make_certificates(certificates)
        self.process = Process(
            [
                *(go_program("minio"), "server", "--quiet", "--address", self.endpoint),
                *("--certs-dir", certificates, "--console-address", f"127.0.0.1:{free_port()}"),
                self.folder / "data",
            ],
            self.folder / "minio.log",
            {
                "HOME": str(self.folder),
                "MINIO_ROOT_USER": ACCESS_KEY,
                "MINIO_ROOT_PASSWORD": SECRET_KEY,
                "MINIO_SITE_REGION": REGION,
                "MINIO_BROWSER": "off",
                "MINIO_UPDATE": "off",
            },
        )

    def start(self):
        """Returns when it takes writes."""
        self.process.start(self._is_ready, START_SECONDS)
        return self

    def stop(self):
        """Stops it."""
        self.process.stop()

    def client(self):
        """Amazon's own client for it, when it has TLS."""
        # Only for this; the server itself has to start where nothing of the kind is installed.
        import boto3
        from botocore.config import Config

        return boto3.client(
            "s3",
            endpoint_url=self.url,
            region_name=REGION,
            aws_access_key_id=ACCESS_KEY,
            aws_secret_access_key=SECRET_KEY,
            verify=str(self.ca),
            config=Config(s3={"addressing_style": "path"}, retries={"total_max_attempts": 1}),
        )

    def _make_certificates(self, certificates):
        def openssl(*arguments):
            subprocess.run(["openssl", *arguments], cwd=self.folder, check=True, capture_output=True, timeout=60)

        openssl("req", "-x509", *EC_KEY, "-subj", "/CN=test-s3-authority", "-days", "2", "-keyout", "ca.key", "-out", "ca.crt")
        openssl(
            *("req", "-x509", *EC_KEY, "-CA", "ca.crt", "-CAkey", "ca.key", "-subj", "/CN=minio", "-days", "2"),
            *("-addext", "subjectAltName=IP:127.0.0.1", "-addext", "basicConstraints=critical,CA:FALSE"),
            *("-keyout", certificates / "private.key", "-out", certificates / "public.crt"),
        )

    def _is_ready(self):
        trust = ssl.create_default_context(cafile=str(self.ca)) if self.ca.exists() else None
        try:
            with urllib.request.urlopen(f"{self.url}/minio/health/ready", timeout=5, context=trust) as answer:
                return answer.status == 200
        except (urllib.error.URLError, OSError):
            return False


def main(command):
    """Runs a command beside an S3 server without TLS and gives its exit code."""

    def told(server):
        return {
            "S3_PORT": str(server.port),
            "S3_ACCESS_KEY": ACCESS_KEY,
            "S3_SECRET_KEY": SECRET_KEY,
            "S3_REGION": REGION,
        }

    return run_beside("minio", functools.partial(Minio, tls=False), told, command)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
