#!/bin/sh
# What AddRabbitMQ takes for granted of an image: RABBITMQ_DEFAULT_USER with RABBITMQ_DEFAULT_PASS may come in from outside, the
# data is in /var/lib/rabbitmq, and the log goes to the console. RabbitMQ reads those two variables by itself.
set -eu

chown rabbitmq:rabbitmq /var/lib/rabbitmq
export HOME=/var/lib/rabbitmq RABBITMQ_LOGS=- RABBITMQ_CONFIG_FILE=/etc/rabbitmq/rabbitmq.conf
# Makes RabbitMQ's start script become the server instead of standing in between, so that signals reach it.
export RUNNING_UNDER_SYSTEMD=true
exec setpriv --reuid rabbitmq --regid rabbitmq --clear-groups /usr/lib/rabbitmq/bin/rabbitmq-server
