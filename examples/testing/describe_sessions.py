"""AWS's first program, with the standard library alone: a token, then DescribeSessions, over verified HTTPS.

SSL_CERT_FILE names the broker's CA certificate; the other variables are those of AWS's own command line.
"""

import base64
import json
import os
import urllib.request

BROKER_URL = os.environ["BROKER_URL"]


def post(path, headers, body=b""):
    request = urllib.request.Request(BROKER_URL + path, data=body, headers=headers, method="POST")
    with urllib.request.urlopen(request, timeout=10) as response:
        return json.load(response)


def get_access_token():
    credentials = f"{os.environ['DCV_SM_CLIENT_ID']}:{os.environ['DCV_SM_CLIENT_PASSWORD']}"
    headers = {
        "Authorization": "Basic " + base64.b64encode(credentials.encode("utf-8")).decode("ascii"),
        "Content-Type": "application/x-www-form-urlencoded",
    }
    return post("/oauth2/token?grant_type=client_credentials", headers)["access_token"]


def describe_sessions(session_ids, owner, tags):
    filters = [{"Key": "tag:" + tag["Key"], "Value": tag["Value"]} for tag in tags]
    filters.append({"Key": "owner", "Value": owner})
    headers = {"Authorization": "Bearer " + get_access_token(), "Content-Type": "application/json"}
    body = json.dumps({"SessionIds": session_ids, "Filters": filters}).encode("utf-8")
    return post("/describeSessions", headers, body)["Sessions"]


for session in describe_sessions(
    session_ids=["SessionId1895", "SessionId1897"],
    owner="an owner 1890",
    tags=[{"Key": "ram", "Value": "4gb"}],
):
    print(session["Id"], session["State"])
