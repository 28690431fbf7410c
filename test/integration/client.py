# Copyright 2026 The CloudStack Backup Authors
# SPDX-License-Identifier: Apache-2.0
"""Signs and sends requests as CloudStack's clients do, and waits with a bound."""

import base64
import hashlib
import hmac
import urllib.parse
from datetime import datetime, timedelta, timezone

import requests

from processes import await_value

REQUEST_SECONDS = 120


def java_encode(value):
    """Java's form encoding with %20 for a space: what the server signs."""
    return urllib.parse.quote(value, safe="*").replace("~", "%7E")


def python_encode(value):
    """What Python and Go clients sign: as Java's, but a tilde stays."""
    return urllib.parse.quote(value, safe="*")


def signature(params, secret, encode=python_encode):
    """Base64 HMAC-SHA1 over the sorted, encoded and lower-cased parameters."""
    text = "&".join(f"{key}={encode(value)}" for key, value in sorted(params.items())).lower()
    digest = hmac.new(secret.encode(), text.encode(), hashlib.sha1).digest()
    return base64.b64encode(digest).decode()


def in_minutes(minutes):
    """An expiry instant so many minutes ahead (or, negative, ago)."""
    return (datetime.now(timezone.utc) + timedelta(minutes=minutes)).strftime("%Y-%m-%dT%H:%M:%S+0000")


class ApiError(AssertionError):
    """The server refused a call that a test needed."""

    def __init__(self, command, answer):
        super().__init__(f"{command} answered {answer}")
        self.code = answer.get("errorcode")
        self.text = answer.get("errortext", "")
        self.answer = answer


class Client:
    """A user with a key pair. Sends no expiry unless told to, as CloudMonkey."""

    def __init__(self, url, key, secret):
        self.url = url
        self.key = key
        self.secret = secret
        self.http = requests.Session()

    def raw(self, command, method="GET", encode=python_encode, **params):
        """The reply as it came; a None parameter is left out, response=json unless told otherwise."""
        query = {"command": command, "apiKey": self.key, "response": "json", **params}
        query = {name: str(value) for name, value in query.items() if value is not None}
        query["signature"] = signature(query, self.secret, encode)
        if method == "GET":
            return self.http.get(self.url, params=query, timeout=REQUEST_SECONDS)
        return self.http.post(self.url, data=query, timeout=REQUEST_SECONDS)

    def envelope(self, command, **params):
        """HTTP status and the body under the one key of the reply."""
        reply = self.raw(command, **params)
        body = reply.json()
        assert len(body) == 1, f"{command}: a reply has exactly one key, got {list(body)}"
        return reply.status_code, next(iter(body.values()))

    def call(self, command, **params):
        """What is under the wrapper key; fails when the server does."""
        status, answer = self.envelope(command, **params)
        if status != 200:
            raise ApiError(command, answer)
        return answer

    def items(self, command, **params):
        """The listed objects, all of one page."""
        answer = self.call(command, **params)
        lists = [value for name, value in answer.items() if name != "count"]
        return lists[0] if lists else []

    def count(self, command, **params):
        """The total the server tells for a list."""
        return self.call(command, **params).get("count", 0)

    def job(self, job_id, seconds=180):
        """A finished job's record."""

        def finished():
            record = self.call("queryAsyncJobResult", jobid=job_id)
            return record if record["jobstatus"] != 0 else None

        return await_value(finished, seconds, f"job {job_id} to finish")

    def run(self, command, seconds=180, **params):
        """Like call; an async command's result is that of its job."""
        answer = self.call(command, **params)
        if "jobid" not in answer:
            return answer
        record = self.job(answer["jobid"], seconds)
        if record["jobstatus"] != 1:
            raise ApiError(command, record["jobresult"])
        return record["jobresult"]

    def refused(self, command, status, **params):
        """The error of a call that must be refused at once, its shape checked."""
        reply = self.raw(command, **params)
        body = reply.json()
        assert reply.status_code == status, f"{command} {params}: wanted {status}, got {reply.status_code} {body}"
        [(_, error)] = body.items()
        check_error(error, reply)
        return error

    def fails(self, command, **params):
        """The error of a call that must fail at once or in its job."""
        try:
            answer = self.run(command, **params)
        except ApiError as error:
            assert error.text, f"{command}: an error says why, got {error.answer}"
            return error
        raise AssertionError(f"{command} {params}: wanted an error, got {answer}")


def check_error(error, reply):
    """An error envelope as CloudStack sends it."""
    assert error["errorcode"] == reply.status_code, error
    assert isinstance(error["uuidList"], list), error
    assert error["errortext"], error
    assert set(error) <= {"uuidList", "errorcode", "cserrorcode", "errortext"}, error
    assert reply.headers.get("X-Description"), "an error reply carries its text in X-Description"


class LoginSession:
    """A browser's session: cookies and session key."""

    def __init__(self, url):
        self.url = url
        self.http = requests.Session()
        self.key = None

    def login(self, username, password, domain="/"):
        """The reply to a login; keeps the session key when it succeeded."""
        form = {"command": "login", "username": username, "password": password, "domain": domain, "response": "json"}
        reply = self.http.post(self.url, data=form, timeout=REQUEST_SECONDS)
        if reply.status_code == 200:
            self.key = reply.json()["loginresponse"]["sessionkey"]
        return reply

    def raw(self, command, key=None, **params):
        """A call within the session; another session key may be given."""
        query = {"command": command, "response": "json", "sessionkey": key or self.key, **params}
        return self.http.get(self.url, params=query, timeout=REQUEST_SECONDS)
