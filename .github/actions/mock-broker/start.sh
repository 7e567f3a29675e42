#!/usr/bin/env bash
# Starts dcv-mock-broker of $VERSION with $OPTIONS in the background of a job, with its files in $FOLDER. The runner ends
# it with the job.
set -euo pipefail

PATIENCE_SECONDS=60

case "$VERSION" in
  */*) read -ra packages <<< "$VERSION" ;;
  *) packages=("@dcvkit/mock-broker@$VERSION") ;;
esac
read -r -d '' -a words <<< "$OPTIONS" || true

mkdir -p "$FOLDER"
npm install --prefix "$FOLDER" --no-audit --no-fund --loglevel error "${packages[@]}"

log="$FOLDER/log.txt"
variables="$FOLDER/variables.env"
# What the options say wins over these.
export DCV_MOCK_PORT=0 DCV_MOCK_CA_FILE="$FOLDER/ca.pem" DCV_MOCK_CLIENT_ID=github-actions DCV_MOCK_CLIENT_SECRET
DCV_MOCK_CLIENT_SECRET=$(node -p 'crypto.randomUUID()')
# Without "--" Node would take some of the options for its own.
node -- "$FOLDER/node_modules/@dcvkit/mock-broker/esm/cli.js" \
  --log json --env "$variables" "${words[@]}" < /dev/null > "$log" 2>&1 &
broker=$!

deadline=$((SECONDS + PATIENCE_SECONDS))
until grep -q '"event":"listening"' "$log"; do
  if ! kill -0 "$broker" 2> /dev/null || ((SECONDS > deadline)); then
    echo "::error::dcv-mock-broker did not start. It said:"
    cat "$log"
    exit 1
  fi
  sleep 0.1
done

# shellcheck source=/dev/null
. "$variables"
echo "::add-mask::$DCV_SM_CLIENT_PASSWORD"
{
  echo "DCV_SM_BROKER_URL=$DCV_SM_BROKER_URL"
  echo "DCV_SM_CLIENT_ID=$DCV_SM_CLIENT_ID"
  echo "DCV_SM_CLIENT_PASSWORD=$DCV_SM_CLIENT_PASSWORD"
  echo "DCV_SM_CA_FILE=${DCV_SM_CA_FILE-}"
} >> "$GITHUB_ENV"
{
  echo "url=$DCV_SM_BROKER_URL"
  echo "client-id=$DCV_SM_CLIENT_ID"
  echo "client-secret=$DCV_SM_CLIENT_PASSWORD"
  echo "ca-file=${DCV_SM_CA_FILE-}"
  echo "log=$log"
} >> "$GITHUB_OUTPUT"
echo "dcv-mock-broker listens on $DCV_SM_BROKER_URL"
