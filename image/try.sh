#!/usr/bin/env bash
# Builds the image of the packages in npm/ for this machine, and holds that it runs as the guide says: healthy with a file
# system that is read-only and without any capability, not as root, without the control API, and ended by SIGTERM.
set -euo pipefail
cd "$(dirname "$0")/.."

if ! docker info > /dev/null 2>&1; then
  echo "Not tried: there is no Docker engine"
  [ -z "${CI-}" ]
  exit
fi

docker build --tag dcv-mock-broker:try .
container=$(docker run --detach --read-only --cap-drop ALL --security-opt no-new-privileges dcv-mock-broker:try)
trap 'docker rm --force --volumes "$container" > /dev/null' EXIT

state() { docker inspect --format "{{.State.$1}}" "$container"; }

for _ in {1..60}; do
  [ "$(state Health.Status)" = starting ] || break
  sleep 0.5
done
if [ "$(state Health.Status)" != healthy ]; then
  docker logs "$container"
  exit 1
fi

ask='process.exit((await fetch("https://localhost:8443/_mock/state")).status === 404 ? 0 : 1)'
docker exec --env NODE_EXTRA_CA_CERTS=/ca/ca.pem "$container" node --input-type=module --eval "$ask"
[ "$(docker exec "$container" id -u)" = 1000 ]

docker stop -t 5 "$container" > /dev/null
[ "$(state ExitCode)" = 0 ]
echo "The image runs as it should"
