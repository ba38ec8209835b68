# Sourced by the start scripts beside it: what they have in common.
# Each of them gets its folder in DATA, its ports and its password in the environment (never in arguments, which ps shows),
# listens on 127.0.0.1 only and stops cleanly on SIGTERM.
set -euo pipefail

fail() {
    echo "$*" >&2
    exit 1
}

# serve_as USER: runs the function `serve` in DATA; root does it as USER, because servers have no business being root.
serve_as() {
    mkdir -p "$DATA"
    if [ "$(id -u)" -ne 0 ]; then
        [ -O "$DATA" ] || fail "$DATA belongs to another user: give it to $(id -un) (chown -R) or choose another data folder."
        chmod 700 "$DATA"
        HOME=$DATA serve_alone
        return
    fi

    local user=$1
    id "$user" >/dev/null 2>&1 || user=nobody
    chmod a+x "$(dirname "$DATA")"
    chmod 700 "$DATA"
    [ "$(stat -c %U "$DATA")" = "$user" ] || chown -R "$user:$(id -g "$user")" "$DATA"
    local become=(setpriv --reuid "$user" --regid "$(id -g "$user")" --clear-groups)
    (cd / && "${become[@]}" test -x "$DATA") ||
        fail "The user $user cannot enter $DATA, because a folder above it is closed to others: choose another data folder, or open it (chmod o+x)."
    cd "$DATA"
    # The functions travel as text, through stdin: the folder of this script may be closed to that user.
    HOME=$DATA exec "${become[@]}" bash -s "$user" <<<"set -euo pipefail; umask 077; $(declare -f); serve_alone </dev/null"
}

# One server per data folder: the lock is held by whatever the server leaves running, and a predecessor may still be stopping.
serve_alone() {
    umask 077
    cd "$DATA"
    exec 9>lock
    flock --timeout 10 9 || fail "Another process still uses $DATA."
    serve
}

# child COMMAND…: starts it in the background, to be gone (with the signal in ORPHANED) when this script is killed outright.
child() {
    setpriv --pdeathsig "$ORPHANED" "$@" &
}

# Waits for a child through the interruptions of traps, and returns how it ended.
wait_for() {
    local code=0
    wait "$1" || code=$?
    while kill -0 "$1" 2>/dev/null; do
        code=0
        wait "$1" || code=$?
    done
    return "$code"
}
