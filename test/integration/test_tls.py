# Copyright 2026 The CloudStack Backup Authors
# SPDX-License-Identifier: Apache-2.0
"""The server behind TLS, with certificates that openssl makes, and the options that say where it listens."""

import re
import socket
import ssl
import subprocess

import pytest
import requests

from client import Client, await_value
from test_secrets import refusal


@pytest.fixture
def pair(tmp_path):
    """Makes a certificate for 127.0.0.1 and its key, over those made before."""

    def make(name="localhost"):
        certificate, key = tmp_path / "server.pem", tmp_path / "server.key"
        subprocess.run(
            ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", f"/CN={name}"]
            + ["-addext", "subjectAltName=IP:127.0.0.1", "-keyout", str(key), "-out", str(certificate)],
            check=True,
            capture_output=True,
            timeout=60,
        )
        return certificate, key

    return make


def tls_port(server):
    """The port that the greeting tells."""
    found = (re.search(r"With TLS: +https://[^:]+:(\d+)/client/api", line) for line in server.lines)
    return next(int(match.group(1)) for match in found if match)


def served_name(port):
    """The common name that the server shows."""
    pem = ssl.get_server_certificate(("127.0.0.1", port))
    text = subprocess.run(
        ["openssl", "x509", "-noout", "-subject"], input=pem, capture_output=True, text=True, check=True, timeout=120
    ).stdout
    return text.strip().rpartition("=")[2].strip()


def test_tls_beside_http_and_a_new_certificate(new_server, pair):
    certificate, key = pair("first")
    server = new_server("--tls-port", 0, "--tls-certificate", certificate, "--tls-key", key).start()
    port = tls_port(server)
    profile = server.profile()
    assert profile["url"] == server.url
    client = Client(f"https://127.0.0.1:{port}/client/api", profile["apikey"], profile["secretkey"])
    client.http.verify, client.http.trust_env = str(certificate), False
    assert client.items("listUsers") == server.admin().items("listUsers")
    form = {"command": "login", "username": "admin", "password": server.admin_password(), "response": "json"}
    secure = requests.post(client.url, data=form, verify=str(certificate), timeout=120)
    assert secure.status_code == 200 and {cookie.secure for cookie in secure.cookies} == {True}
    assert "Strict-Transport-Security" not in secure.headers, "there is plain HTTP too"
    plain = requests.post(server.url, data=form, timeout=120)
    assert plain.status_code == 200 and {cookie.secure for cookie in plain.cookies} == {False}
    with pytest.raises(requests.exceptions.SSLError):
        requests.get(client.url, timeout=120)
    assert served_name(port) == "first"
    pair("second")
    await_value(lambda: served_name(port) == "second", 120, "the new certificate to be served", interval=1)


def test_tls_only(new_server, pair):
    certificate, key = pair()
    server = new_server("--no-http", "--tls-port", 0, "--tls-certificate", certificate, "--tls-key", key)
    server.verify = str(certificate)
    server.start()
    assert server.profile()["url"] == server.url and server.url.startswith("https://")
    assert "max-age" in server.get("/healthz").headers["Strict-Transport-Security"]


def test_one_address_only(new_server):
    server = new_server("--bind", "127.0.0.2")
    data = server.data
    with pytest.raises(AssertionError, match="readyz|ready line|Connection|refused"):
        try:
            server.start()
        except requests.exceptions.ConnectionError as error:
            raise AssertionError("Connection refused at 127.0.0.1") from error
    url = f"http://127.0.0.2:{server.port}"
    assert requests.get(url + "/readyz", timeout=60).status_code == 200
    assert f"url = {url}/client/api" in (data / "cmk-profile.ini").read_text()


def test_unusable_options_are_one_clear_line(tmp_path, pair):
    certificate, key = pair()
    data = ("--data", tmp_path / "data")
    together = "--tls-port, --tls-certificate and --tls-key are needed together"
    assert refusal(*data, "--tls-port", 0) == together
    assert refusal(*data, "--tls-certificate", certificate, "--tls-key", key) == together
    assert "--no-http needs --tls-port" in refusal(*data, "--no-http")
    swapped = refusal(*data, "--tls-port", 0, "--tls-certificate", key, "--tls-key", certificate)
    assert str(key) in swapped and "certificate" in swapped
    missing = tmp_path / "missing"
    assert str(missing) in refusal(*data, "--tls-port", 0, "--tls-certificate", missing, "--tls-key", key)
    with socket.create_server(("0.0.0.0", 0)) as listener:
        port = listener.getsockname()[1]
        line = refusal(*data, "--tls-port", port, "--tls-certificate", certificate, "--tls-key", key)
    assert str(port) in line
    assert "192.0.2.1" in refusal(*data, "--bind", "192.0.2.1"), "an address that is not this machine's"
