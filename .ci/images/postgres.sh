#!/bin/sh
# What AddPostgres takes for granted of an image: a cluster in PGDATA, made at the first start with POSTGRES_USER and
# POSTGRES_PASSWORD; arguments go to the server.
set -eu

as_postgres() {
    setpriv --reuid postgres --regid postgres --clear-groups "$@"
}

bin=$(echo /usr/lib/postgresql/*/bin)
mkdir -p "$PGDATA"
chown postgres:postgres "$PGDATA"
chmod 700 "$PGDATA"
cd "$PGDATA"
if [ ! -s PG_VERSION ]; then
    (umask 077 && printf '%s' "$POSTGRES_PASSWORD" >/run/password && chown postgres /run/password)
    # shellcheck disable=SC2086 # Several arguments in one variable, as in the official image.
    as_postgres "$bin/initdb" --pgdata=. --username="${POSTGRES_USER:-postgres}" --pwfile=/run/password --encoding=UTF8 --locale=C.UTF-8 ${POSTGRES_INITDB_ARGS:-}
    rm /run/password
    echo "host all all all ${POSTGRES_HOST_AUTH_METHOD:-scram-sha-256}" >>pg_hba.conf
fi
unset POSTGRES_PASSWORD
exec setpriv --reuid postgres --regid postgres --clear-groups "$bin/postgres" -D . -c listen_addresses='*' "$@"
