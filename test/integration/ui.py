# Copyright 2026 The CloudStack Backup Authors
# SPDX-License-Identifier: Apache-2.0
"""Calls as CloudStack's web UI 4.22 makes them: cookies, a session key in each call, and the same way to read answers."""

import requests

from client import REQUEST_SECONDS, await_value

# axios joins its base /client/api and the path / of each call.
PATH = "/"


class Ui:
    """A browser with the UI in it."""

    def __init__(self, url):
        self.url = url + PATH
        self.http = requests.Session()
        self.key = None
        self.project = None

    def get(self, command, **params):
        """A reading call; the chosen project goes along, as the UI's interceptor adds it."""
        query = {**params, "command": command, "response": "json"}
        if self.project and "projectid" not in query:
            query["projectid"] = self.project
        return self.http.get(self.url, params=self._with_key(query), timeout=REQUEST_SECONDS)

    def post(self, command, **params):
        """A changing call: everything in the form."""
        form = {name: value for name, value in params.items() if value not in (None, "")}
        form = {"command": command, "response": "json", **form}
        return self.http.post(self.url, data=self._with_key(form), timeout=REQUEST_SECONDS)

    def _with_key(self, params):
        lower = {name: str(value).lower() if isinstance(value, bool) else value for name, value in params.items()}
        return {**lower, "sessionkey": self.key} if self.key else lower

    def read(self, command, **params):
        """What is under the key of the reply that the UI reads."""
        return opened(self.get(command, **params))

    def items(self, command, **params):
        """A list view: the first key with 'response' in it, then what is beside count."""
        answer = self.read(command, listall=True, page=1, pagesize=20, **params)
        lists = [value for name, value in answer.items() if name != "count"]
        if lists:
            assert answer["count"] >= len(lists[0]), f"{command}: count is the total"
        return lists[0] if lists else []

    def login(self, username, password, domain=""):
        """Logs out first, to be rid of old cookies, then in."""
        self.post("logout")
        answer = opened(self.post("login", username=username, password=password, domain=domain))
        self.key = answer["sessionkey"]
        return answer

    def done(self, command, envelope=None, **params):
        """A changing call and, when it was accepted as a job, its result; polls as the UI does."""
        body = self.post(command, **params).json()
        key = envelope or f"{command.lower()}response"
        assert key in body, f"{command}: the UI reads {key}, got {body}"
        answer = body[key]
        assert "errorcode" not in answer, f"{command} answered {answer}"
        if "jobid" not in answer:
            return answer
        job = self.job(answer["jobid"])
        assert job["jobstatus"] == 1, f"{command} ended as {job}"
        return job["jobresult"]

    def job(self, job_id):
        """A finished job."""

        def finished():
            job = self.read("queryAsyncJobResult", jobId=job_id)
            return job if job["jobstatus"] != 0 else None

        return await_value(finished, 60, f"job {job_id} to finish")


def opened(reply):
    """The body under the first key that has 'response' in it."""
    body = reply.json()
    assert reply.status_code == 200, f"{reply.request.url} answered {reply.status_code} {body}"
    return next(value for name, value in body.items() if "response" in name)
