#!/usr/bin/env bash
# A program in another language: a token, then DescribeSessions.
set -euo pipefail
ask() { curl --silent --fail-with-body --cacert "$DCV_SM_CA_FILE" --request POST "$@"; }

token=$(ask --user "$DCV_SM_CLIENT_ID:$DCV_SM_CLIENT_PASSWORD" \
  "$DCV_SM_BROKER_URL/oauth2/token?grant_type=client_credentials" \
  --header "Content-Type: application/x-www-form-urlencoded" | sed 's/.*"access_token":"\([^"]*\)".*/\1/')
ask "$DCV_SM_BROKER_URL/describeSessions" --header "Authorization: Bearer $token" \
  --header "Content-Type: application/json" --data '{}'
