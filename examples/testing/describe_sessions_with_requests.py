"""The same with the library requests, as AWS's guide has it. REQUESTS_CA_BUNDLE names the CA certificate."""

import os

import requests

BROKER_URL = os.environ["BROKER_URL"]

token = requests.post(
    BROKER_URL + "/oauth2/token?grant_type=client_credentials",
    auth=(os.environ["DCV_SM_CLIENT_ID"], os.environ["DCV_SM_CLIENT_PASSWORD"]),
    headers={"Content-Type": "application/x-www-form-urlencoded"},
    timeout=10,
).json()["access_token"]

answer = requests.post(
    BROKER_URL + "/describeSessions",
    headers={"Authorization": "Bearer " + token},
    json={"Filters": [{"Key": "owner", "Value": "an owner 1890"}, {"Key": "tag:ram", "Value": "4gb"}]},
    timeout=10,
)
answer.raise_for_status()
for session in answer.json()["Sessions"]:
    print(session["Id"], session["State"])
