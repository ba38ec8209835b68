#!/usr/bin/env bash
# Redis on 127.0.0.1:PORT with PASSWORD. Every write goes to an append-only file, at most a second late.
. "$(dirname "${BASH_SOURCE[0]}")/common.sh"

serve() {
    # The settings go in through stdin, so that the password is neither in the arguments nor on disk.
    exec redis-server - <<CONF
bind 127.0.0.1
port $PORT
requirepass "$(sed 's/[\\"]/\\&/g' <<<"$PASSWORD")"
dir .
appendonly yes
save ""
CONF
}

command -v redis-server >/dev/null || fail "Redis is not installed: apt-get install redis-server"
serve_as redis
