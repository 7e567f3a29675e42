#!/usr/bin/env bash
# Gives OWNER a desktop, and prints the URL that leads to it. Written for dcvsm; DCVSM=dcvsm runs it with that.
set -euo pipefail

owner=${1:?"Usage: desktop.sh OWNER"}
DCVSM=${DCVSM:-npx dcvkit}

# json FILTER: what the filter, an expression of JavaScript, takes out of the answer.
json() { node -p "const answer = JSON.parse(require('fs').readFileSync(0, 'utf8')); $1"; }

state_of() { $DCVSM describe-sessions --session-ids "$1" | json 'answer.sessions[0].state'; }

id=$($DCVSM create-session --name desktop --owner "$owner" --type Virtual | json 'answer.successful_list[0].id')
until [ "$(state_of "$id")" = READY ]; do sleep "${POLL_SECONDS:-2}"; done
$DCVSM get-session-connection-data --session-id "$id" --user "$owner" |
  json '`https://${answer.session.server.ip}:${answer.session.server.port}/?authToken=${answer.connection_token}#${answer.session.id}`'
