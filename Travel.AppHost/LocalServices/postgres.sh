#!/usr/bin/env bash
# PostgreSQL on 127.0.0.1:PORT. The role postgres has PASSWORD and every one of DATABASES exists before it takes connections.
. "$(dirname "${BASH_SOURCE[0]}")/common.sh"

# The version that made the data, else the newest.
find_binaries() {
    local made_by=/usr/lib/postgresql/$(cat "$DATA/cluster/PG_VERSION" 2>/dev/null || true)/bin
    local newest
    newest=$(compgen -G '/usr/lib/postgresql/*/bin/postgres' | sort -V | tail -n 1) || newest=$(command -v postgres) ||
        fail "PostgreSQL is not installed: apt-get install postgresql"
    [ -x "$made_by/postgres" ] || made_by=$(dirname "$(readlink -f "$newest")")
    export BIN=$made_by
}

serve() {
    if [ ! -d cluster ]; then
        rm -rf new
        "$BIN/initdb" --pgdata=new --username=postgres --encoding=UTF8 --locale=C.UTF-8 --auth=trust >initdb.log 2>&1 ||
            { cat initdb.log >&2; fail "initdb could not make a database cluster in $DATA."; }
        mv new cluster
    fi
    # The lock says that nothing of a predecessor is left. The pid that it wrote down may be a zombie's, or somebody else's by now, and the
    # server would take it for one that runs.
    rm -f cluster/postmaster.pid
    echo "host all all 127.0.0.1/32 scram-sha-256" >cluster/pg_hba.conf
    settings >cluster/postgresql.conf
    prepare

    ORPHANED=INT child "$BIN/postgres" -D cluster
    local server=$!
    # SIGINT is PostgreSQL's fast shutdown: it ends the sessions; SIGTERM would wait for them to leave.
    trap 'kill -INT $server' TERM INT
    wait_for "$server"
}

settings() {
    cat <<CONF
listen_addresses = '127.0.0.1'
port = $PORT
unix_socket_directories = ''
max_connections = 200
shared_buffers = 256MB
max_wal_size = 2GB
checkpoint_timeout = 15min
log_checkpoints = off
log_line_prefix = '%m [%p] %q%u@%d '
timezone = 'UTC'
log_timezone = 'UTC'
CONF
}

# Without a server, in single-user mode (40 ms): nobody can connect before the password is the one of this run.
prepare() {
    local existing name
    existing=$(single <<<'SELECT datname FROM pg_database')
    {
        echo "ALTER ROLE postgres PASSWORD '${PASSWORD//\'/\'\'}'"
        for name in $DATABASES; do
            grep -q "datname = \"$name\"" <<<"$existing" || echo "CREATE DATABASE \"$name\""
        done
    } | single >/dev/null
}

single() {
    "$BIN/postgres" --single -D cluster -c log_min_messages=fatal postgres
}

find_binaries
serve_as postgres
