# The shell of a reader who tries the blocks of a page one after the other: for shell_blocks_test.ts, which sets
# $root, the clone; $deno, the program; $state, a folder; and before each block $at, where it stands.
#
# The packages are those of the clone, not of npm and JSR. A command that would run until Ctrl+C runs in the background
# once it listens, as if in another terminal, and ends when the next such command begins.

set -eEuo pipefail
trap 'echo "failed at $at: $BASH_COMMAND" >&2; cat "$state/log" >&2 2>/dev/null || true' ERR
trap 'end_server' EXIT
export NO_COLOR=1

dcv-mock-broker() {
  case " $* " in
    " completion "* | " simulate "* | *" --print-"* | *" --import "* | *" --help "*) (run_module mock_broker/cli.ts "$@") ;;
    *) serve run_module mock_broker/cli.ts "$@" ;;
  esac
}

# With the settings that the reader has, of the broker that runs.
dcvkit() {
  [ -e "$state/pid" ] || dcv-mock-broker
  export DCV_SM_BROKER_URL=https://localhost:8443 DCV_SM_CA_FILE=mock-broker-ca.pem
  DCV_SM_CLIENT_ID=$(sed -n 's/^  client id *//p' "$state/log")
  DCV_SM_CLIENT_PASSWORD=$(sed -n 's/^  client secret *//p' "$state/log")
  export DCV_SM_CLIENT_ID DCV_SM_CLIENT_PASSWORD
  (run_module cli/cli.ts "$@")
}

# dcvkit has its commands.
dcvsm() { dcvkit "$@"; }

# An answer that is an error is one.
curl() { command curl --silent --show-error --fail-with-body "$@"; }

npx() {
  case "$*" in
    "@dcvkit/mock-broker"*) dcv-mock-broker "${@:2}" ;;
    "@dcvkit/cli"*) dcvkit "${@:2}" ;;
    "-y deno@^2.9 task test") ;; # what runs this
    "-y deno@^2.9 task broker" | "-y deno@^2.9 task portal") serve in_clone "${@:3}" ;;
    "-y deno@^2.9 task "*) (in_clone "${@:3}") ;;
    *) unknown npx "$@" ;;
  esac
}

bunx() { npx "$@"; }

deno() {
  case "$*" in
    *jsr:@dcvkit/cli*) dcvkit "${@:4}" ;;
    *jsr:@dcvkit/mock-broker/cli*) serve permitted "$@" ;;
    *) unknown deno "$@" ;;
  esac
}

# What follows is run in a process of its own, which it becomes.

run_module() { exec "$deno" run -A --quiet --no-check --config "$root/deno.json" "$root/$1" "${@:2}"; }

in_clone() { cd "$root" && exec "$deno" "$@"; }

# deno run with the permissions that the page gives.
permitted() {
  local word words=()
  for word in "$@"; do
    case "$word" in
      jsr:*) words+=(--quiet --no-check --config "$root/deno.json" "$root/mock_broker/cli.ts") ;;
      *) words+=("$word") ;;
    esac
  done
  exec "$deno" "${words[@]}"
}

serve() {
  end_server
  "$@" > "$state/log" 2>&1 &
  echo $! > "$state/pid"
  until grep -qE 'Ctrl\+C|The portal is on' "$state/log"; do
    kill -0 "$(cat "$state/pid")" || return 1
    sleep 0.05
  done
}

end_server() {
  [ -e "$state/pid" ] || return 0
  kill "$(cat "$state/pid")" 2> /dev/null || true
  while kill -0 "$(cat "$state/pid")" 2> /dev/null; do sleep 0.05; done
  rm "$state/pid"
}

unknown() {
  echo "The test does not know $*" >&2
  return 1
}
