#!/bin/sh
# What each user may send and fetch in a second, at each broker: nobody keeps the brokers from the others, by a flood or by mistake.
# The hub reads what all of them sent, so it may do more. What brokers copy among themselves is not counted.
# BROKERS: where to ask. ASK: the properties by which an administrator proves itself. KAFKA_BIN: where Kafka's own tools lie.
# Run again, it changes nothing.
set -eu
limit() {
    "${KAFKA_BIN:-/opt/kafka/bin}/kafka-configs.sh" --bootstrap-server "$BROKERS" --command-config "$ASK" --alter --entity-type users "$@"
}
limit --entity-default --add-config 'producer_byte_rate=4194304,consumer_byte_rate=8388608,request_percentage=100'
limit --entity-name hub-ingest --add-config 'producer_byte_rate=67108864,consumer_byte_rate=67108864,request_percentage=400'
