"""What tests with the mock broker look like. The program under test is `Broker`: put your own in its place."""

from __future__ import annotations

from typing import Any

import pytest
import requests

from dcv_mock_broker import MockBroker

FLEET = {"servers": [{"hostname": "gpu-1", "maxVirtualSessions": 1}], "clock": "manual"}


class Broker:
    """A small client. `verify` is the CA certificate: no test needs verification switched off."""

    def __init__(self, url: str, ca_file: str, client_id: str, client_secret: str) -> None:
        self.url = url
        self.http = requests.Session()
        self.http.verify = ca_file
        self.http.trust_env = False  # or REQUESTS_CA_BUNDLE in the environment would win
        token = self.http.post(
            f"{url}/oauth2/token?grant_type=client_credentials",
            auth=(client_id, client_secret),
            headers={"Content-Type": "application/x-www-form-urlencoded"},
            timeout=10,
        )
        token.raise_for_status()
        self.http.headers["Authorization"] = f"Bearer {token.json()['access_token']}"

    def call(self, operation: str, body: object) -> Any:
        response = self.http.post(f"{self.url}/{operation}", json=body, timeout=10)
        response.raise_for_status()
        return response.json()

    def create_desktop(self, owner: str) -> str:
        answer = self.call("createSessions", [{"Name": "desktop", "Owner": owner, "Type": "VIRTUAL"}])
        if answer["UnsuccessfulList"]:
            raise RuntimeError(answer["UnsuccessfulList"][0]["FailureReason"])
        return str(answer["SuccessfulList"][0]["Id"])

    def state_of(self, session_id: str) -> str:
        return str(self.call("describeSessions", {"SessionIds": [session_id]})["Sessions"][0]["State"])


@pytest.fixture
def broker(mock_broker: MockBroker) -> Broker:
    return Broker(mock_broker.url, str(mock_broker.ca_file), mock_broker.client_id, mock_broker.client_secret)


def test_a_desktop_is_ready_after_a_few_polls(broker: Broker) -> None:
    session_id = broker.create_desktop("ana")
    states = [broker.state_of(session_id) for _ in range(3)]
    assert states[-1] == "READY"


def test_time_passes_when_the_test_says_so(mock_broker: MockBroker, broker: Broker) -> None:
    mock_broker.control("PATCH", "/clock", {"frozen": True, "skipping": False})
    session_id = broker.create_desktop("ana")
    assert broker.state_of(session_id) == "CREATING"
    mock_broker.advance(seconds=30)
    assert broker.state_of(session_id) == "READY"


def test_a_full_fleet_takes_no_session(mock_broker: MockBroker, broker: Broker) -> None:
    mock_broker.control("PUT", "/fleet", FLEET)
    mock_broker.advance(seconds=60)
    broker.create_desktop("ana")
    with pytest.raises(RuntimeError, match="No DCV server found"):
        broker.create_desktop("ben")


def test_a_broker_in_trouble_is_reported(mock_broker: MockBroker, broker: Broker) -> None:
    mock_broker.add_fault({"type": "status", "status": 503}, operation="createSessions", times=1)
    with pytest.raises(requests.HTTPError, match="503"):
        broker.create_desktop("ana")
    mock_broker.assert_received({"operation": "createSessions", "status": 503}, times=1)
    assert [entry["status"] for entry in mock_broker.requests("token")] == [200]


def test_each_test_has_a_world_of_its_own(broker: Broker) -> None:
    assert broker.call("describeSessions", {"Filters": [{"Key": "owner", "Value": "ana"}]})["Sessions"] == []
