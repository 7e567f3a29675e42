"""A mock broker for pytest. Copy this file beside your tests, and put one line into conftest.py there:

    pytest_plugins = ["dcv_mock_broker"]

A test that takes `mock_broker` gets a world of its own, which is dropped after it. The command that starts the broker
is in the environment variable MOCK_BROKER_COMMAND; without it, npx fetches and starts the newest one.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import ssl
import subprocess
import sys
import threading
import urllib.error
import urllib.request
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from queue import Empty, Queue
from typing import Any
from uuid import uuid4

import pytest

COMMAND = os.environ.get("MOCK_BROKER_COMMAND", "npx -y @dcvkit/mock-broker")
START_SECONDS = 120  # the first start with npx downloads the package
STOP_SECONDS = 10


@dataclass(frozen=True)
class MockBroker:
    """A broker for the program under test, and what the test may do to it."""

    url: str
    ca_file: Path  # verify=str(ca_file) for requests, configuration.ssl_ca_cert for a generated client
    client_id: str
    client_secret: str

    def advance(self, seconds: float) -> None:
        """Lets so much simulated time pass at once."""
        self.control("POST", "/clock/advance", {"milliseconds": seconds * 1000})

    def add_fault(self, fault: dict[str, Any], **rule: Any) -> None:
        """Breaks calls: add_fault({"type": "status", "status": 503}, operation="createSessions", times=1)."""
        self.control("POST", "/faults", {**rule, "fault": fault})

    def requests(self, operation: str) -> list[dict[str, Any]]:
        """What was asked and answered, oldest first."""
        entries: list[dict[str, Any]] = self.control("GET", f"/journal?operation={operation}&limit=1000")["entries"]
        return entries

    def assert_received(self, expectation: dict[str, Any], times: int | None = None) -> None:
        """Fails unless such a request came: assert_received({"operation": "createSessions"}, times=1)."""
        count = {} if times is None else {"times": times}
        verdict = self.control("POST", "/journal/verify", {"expectation": expectation, **count})
        assert verdict["received"], verdict["message"]

    def control(self, method: str, path: str, body: object = None) -> Any:
        """Anything else that the control API can do: GET /_mock/openapi.yaml lists it."""
        request = urllib.request.Request(f"{self.url}/_mock{path}", method=method)
        if body is not None:
            request.data = json.dumps(body).encode()
            request.add_header("Content-Type", "application/json")
        try:
            with _open(request, self.ca_file) as response:
                text = response.read()
        except urllib.error.HTTPError as error:
            raise AssertionError(f"{method} /_mock{path}: {error.code} {error.read().decode()}") from None
        return json.loads(text) if text else None


@pytest.fixture(scope="session")
def mock_broker_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[MockBroker]:
    """The process that all tests share. It ends with its standard input, so also if pytest is killed."""
    ca_file = tmp_path_factory.mktemp("mock_broker") / "ca.pem"
    client_id, client_secret = "pytest", uuid4().hex
    options = ["--port", "0", "--worlds", "--clock", "skipping", "--exit-with-stdin", "--log", "json"]
    options += ["--ca-file", str(ca_file), "--client-id", client_id]
    program, *arguments = re.findall(r'"[^"]*"|\S+', COMMAND)  # words with blanks in them stand in quotes
    program = shutil.which(program.strip('"')) or program
    process = subprocess.Popen(
        [program, *(word.strip('"') for word in arguments), *options],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        env={**os.environ, "DCV_MOCK_CLIENT_SECRET": client_secret},  # other users can read command lines
        start_new_session=True,  # Ctrl+C ends pytest, and pytest ends the broker
    )
    try:
        yield MockBroker(_wait_until_it_listens(process), ca_file, client_id, client_secret)
    finally:
        _stop(process)


@pytest.fixture
def mock_broker(mock_broker_server: MockBroker) -> Iterator[MockBroker]:
    """A world of its own for one test: fleet, sessions, clock, faults and journal."""
    server = mock_broker_server
    name = f"test-{uuid4().hex}"
    server.control("PUT", f"/worlds/{name}")
    yield MockBroker(f"{server.url}/worlds/{name}", server.ca_file, server.client_id, server.client_secret)
    server.control("DELETE", f"/worlds/{name}")


def _wait_until_it_listens(process: subprocess.Popen[str]) -> str:
    url: Queue[str | None] = Queue()
    said: deque[str] = deque(maxlen=50)

    def read() -> None:
        assert process.stdout is not None
        for line in process.stdout:
            said.append(line)
            if line.startswith('{"event":"listening"'):
                url.put(json.loads(line)["url"])
        url.put(None)

    threading.Thread(target=read, daemon=True).start()
    try:
        found = url.get(timeout=START_SECONDS)
        problem = "ended before it listened"
    except Empty:
        found = None
        problem = f"did not listen within {START_SECONDS} s"
    if found is None:
        raise RuntimeError(f"{COMMAND} {problem}. It said:\n{''.join(said)}")
    return found


def _stop(process: subprocess.Popen[str]) -> None:
    assert process.stdin is not None
    process.stdin.close()
    try:
        process.wait(STOP_SECONDS)
    except subprocess.TimeoutExpired:
        if sys.platform == "win32":
            process.kill()
        else:
            os.killpg(process.pid, signal.SIGKILL)  # npx and what it has started
        process.wait()


def _open(request: urllib.request.Request, ca_file: Path) -> Any:
    context = ssl.create_default_context(cafile=ca_file) if ca_file.exists() else None
    # The environment's proxies do not lead to this machine.
    handlers = [urllib.request.ProxyHandler({}), urllib.request.HTTPSHandler(context=context)]
    return urllib.request.build_opener(*handlers).open(request, timeout=30)
