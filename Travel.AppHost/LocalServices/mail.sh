#!/usr/bin/env bash
# maildev: takes mail on 127.0.0.1:PORT, keeps it in DATA, shows it on 127.0.0.1:HTTP_PORT and sends nothing on.
. "$(dirname "${BASH_SOURCE[0]}")/common.sh"

serve() {
    mkdir -p mails
    unset "${!MAILDEV_@}"
    exec node "$MODULES/maildev/bin/maildev" --ip 127.0.0.1 --smtp "$PORT" --web "$HTTP_PORT" --mail-directory mails
}

MODULES=$(cd "$(dirname "${BASH_SOURCE[0]}")/mail" && pwd)/node_modules
export MODULES
command -v node >/dev/null || fail "Node.js is not installed: apt-get install nodejs npm"
[ -d "$MODULES/maildev" ] || fail "The mail catcher is not installed: npm ci --prefix $(dirname "$MODULES")"

# A repository inside root's own folders can be read by root alone; then so can these modules.
if [ "$(id -u)" -eq 0 ] && ! (cd / && setpriv --reuid nobody --regid nogroup --clear-groups node -e "require.resolve('$MODULES/maildev')" 2>/dev/null); then
    serve_as root
else
    serve_as nobody
fi
