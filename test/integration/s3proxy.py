# Copyright 2026 The CloudStack Backup Authors
# SPDX-License-Identifier: Apache-2.0
"""A real S3 server, S3Proxy, over a folder. Needs nothing but Python, and Maven the first time."""

import shutil
import socket
import subprocess
import sys
from pathlib import Path

from beside import run_beside
from processes import Process, free_port

TOOLS = Path(__file__).resolve().parent / "tools"
START_SECONDS = 60
ACCESS_KEY = "test-access"
SECRET_KEY = "test-secret-0123456789"
LOGBACK = """<configuration>
  <appender name="out" class="ch.qos.logback.core.ConsoleAppender">
    <encoder><pattern>%d %-5level %logger{0} %msg%n</pattern></encoder>
  </appender>
  <root level="INFO"><appender-ref ref="out"/></root>
</configuration>
"""


class S3Proxy:
    """One S3 server over one folder; may be stopped and started again on the same port. A bucket is a folder in it."""

    def __init__(self, folder, heap="256m"):
        self.folder = Path(folder)
        self.access_key = ACCESS_KEY
        self.secret_key = SECRET_KEY
        self.buckets = self.folder / "buckets"
        self.buckets.mkdir(parents=True, exist_ok=True)
        self.port = free_port()
        self.endpoint = f"127.0.0.1:{self.port}"
        self.url = f"http://{self.endpoint}"
        jars = subprocess.run(
            [TOOLS / "install-s3proxy"], check=True, stdout=subprocess.PIPE, text=True, timeout=600
        ).stdout.strip()
        settings = self.folder / "s3proxy.properties"
        settings.write_text(
            f"s3proxy.endpoint={self.url}\n"
            "s3proxy.authorization=aws-v2-or-v4\n"
            f"s3proxy.identity={ACCESS_KEY}\n"
            f"s3proxy.credential={SECRET_KEY}\n"
            "jclouds.provider=filesystem-nio2\n"
            f"jclouds.filesystem.basedir={self.buckets}\n"
        )
        logging = self.folder / "logback.xml"
        logging.write_text(LOGBACK)
        self.process = Process(
            [
                *("java", f"-Xmx{heap}", "-XX:+UseSerialGC"),
                *(f"-Dlogback.configurationFile={logging}", "-cp", f"{jars}/*"),
                *("org.gaul.s3proxy.Main", "--properties", settings),
            ],
            self.folder / "s3proxy.log",
        )

    def start(self):
        """Returns when it listens."""
        self.process.start(self._listens, START_SECONDS)
        return self

    def stop(self):
        """Stops it; what it keeps stays."""
        self.process.stop()

    def create_bucket(self, name):
        """Makes an empty bucket and gives its name."""
        (self.buckets / name).mkdir()
        return name

    def remove_bucket(self, name):
        """Removes a bucket with all that is in it."""
        shutil.rmtree(self.buckets / name)

    def _listens(self):
        try:
            with socket.create_connection(("127.0.0.1", self.port), 1):
                return True
        except OSError:
            return False


def main(command):
    """Runs a command beside an S3 server and gives its exit code."""

    def told(server):
        return {
            "S3_PORT": str(server.port),
            "S3_ACCESS_KEY": ACCESS_KEY,
            "S3_SECRET_KEY": SECRET_KEY,
            "S3_FOLDER": str(server.buckets),
        }

    return run_beside("s3proxy", S3Proxy, told, command)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
