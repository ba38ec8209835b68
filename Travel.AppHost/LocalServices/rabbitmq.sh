#!/usr/bin/env bash
# RabbitMQ on 127.0.0.1:PORT, its HTTP API and pages on MANAGEMENT_PORT, with a user USER_NAME whose password is PASSWORD.
# Its node and its port mapper (epmd) are its own, on DIST_PORT and EPMD_PORT, so that it never meets a RabbitMQ of the system.
. "$(dirname "${BASH_SOURCE[0]}")/common.sh"

find_rabbitmq() {
    # Debian's command of that name wants to be root; the real one is here.
    local command=/usr/lib/rabbitmq/bin/rabbitmq-server
    [ -x "$command" ] || command=$(command -v rabbitmq-server) || fail "RabbitMQ is not installed: apt-get install rabbitmq-server"
    RABBITMQ=$(dirname "$(dirname "$(readlink -f "$command")")")
    export RABBITMQ
}

serve() {
    # What somebody may have set for another RabbitMQ.
    unset "${!RABBITMQ_@}"
    printf '[rabbitmq_management].\n' >enabled_plugins
    settings >rabbitmq.conf
    definitions >definitions.json
    choose_code

    export RABBITMQ_CONF_ENV_FILE=/dev/null RABBITMQ_CONFIG_FILE=$DATA/rabbitmq.conf RABBITMQ_ADVANCED_CONFIG_FILE=/dev/null
    export RABBITMQ_ENABLED_PLUGINS_FILE=$DATA/enabled_plugins RABBITMQ_PLUGINS_DIR=$DATA/code/plugins
    export RABBITMQ_MNESIA_BASE=$DATA RABBITMQ_MNESIA_DIR=$DATA/mnesia RABBITMQ_LOG_BASE=$DATA RABBITMQ_LOGS=-
    export RABBITMQ_NODENAME=$NODE@localhost RABBITMQ_DIST_PORT=$DIST_PORT
    export ERL_EPMD_PORT=$EPMD_PORT ERL_EPMD_ADDRESS=127.0.0.1
    # An epmd that Erlang starts by itself would be a daemon and survive everything.
    export ERL_FLAGS="-start_epmd false"
    export RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS="-kernel inet_dist_use_interface {127,0,0,1} $CODE_FIRST"
    # Makes RabbitMQ's start script become the server instead of standing in between.
    export RUNNING_UNDER_SYSTEMD=true

    ORPHANED=KILL child epmd -port "$EPMD_PORT" -address 127.0.0.1
    local epmd=$!
    ORPHANED=KILL child sh "$RABBITMQ/sbin/rabbitmq-server"
    local server=$! code=0
    trap 'stop' TERM INT
    wait_for "$server" || code=$?
    kill "$epmd"
    exit "$code"
}

# On SIGTERM alone RabbitMQ takes 5 s longer: an event handler of its management plugin, ended with the application rabbit,
# calls Erlang's application controller, which is busy stopping rabbit. So that handler goes first.
stop() {
    erl_call -address "127.0.0.1:$DIST_PORT" -timeout 2 -a 'gen_event delete_handler [rabbit_event,rabbit_mgmt_db_handler,[]]' >/dev/null 2>&1 || true
    kill -TERM "$server"
}

settings() {
    cat <<CONF
listeners.tcp.local = 127.0.0.1:$PORT
management.tcp.ip = 127.0.0.1
management.tcp.port = $MANAGEMENT_PORT
load_definitions = $DATA/definitions.json
log.console = true
log.console.level = warning
log.file = false
vm_memory_high_watermark.absolute = 1GB
disk_free_limit.absolute = 200MB
CONF
}

# Read at every start before the listeners open: the password is always the one of this run.
definitions() {
    cat <<JSON
{
  "vhosts": [{ "name": "/" }],
  "users": [{ "name": "$USER_NAME", "tags": "administrator",
    "password_hash": "$(password_hash)", "hashing_algorithm": "rabbit_password_hashing_sha256" }],
  "permissions": [{ "user": "$USER_NAME", "vhost": "/", "configure": ".*", "write": ".*", "read": ".*" }]
}
JSON
}

# base64(salt + sha256(salt + password)), see https://www.rabbitmq.com/docs/passwords#computing-password-hash
password_hash() {
    local salt sum
    salt=$(od -An -N4 -tx1 /dev/urandom | tr -d ' \n')
    sum=$({ bytes "$salt"; printf '%s' "$PASSWORD"; } | sha256sum)
    bytes "$salt${sum%% *}" | base64
}

bytes() {
    printf '%b' "$(sed 's/../\\x&/g' <<<"$1")"
}

# RabbitMQ loads some thousand modules at start and looks for each in every folder of its code path, of which most belong
# to plugins that are off here. Leaving those out, and putting the large ones first, halves the time to start.
choose_code() {
    local application
    rm -rf code
    mkdir -p code/plugins
    ln -s "$RABBITMQ/sbin" "$RABBITMQ/escript" code/
    for application in "$RABBITMQ"/plugins/*; do
        case ${application##*/} in
            rabbitmq_prelaunch* | rabbitmq_management-* | rabbitmq_management_agent* | rabbitmq_web_dispatch*) ;;
            rabbitmq_* | amqp10_client* | eetcd* | gun* | jose* | prometheus*) continue ;;
        esac
        ln -s "$application" code/plugins/
    done
    CODE_FIRST="-pa $(echo code/plugins/{rabbit-,rabbit_common,rabbitmq_,ra-,cowboy}*/ebin)"
    export RABBITMQ_SCRIPTS_DIR=$DATA/code/sbin
}

find_rabbitmq
serve_as rabbitmq
