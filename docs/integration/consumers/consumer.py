"""Reads events of the gateway: python consumer.py BROKERS GROUP TOPIC..."""

import json
import sqlite3
import sys

from confluent_kafka import Consumer, KafkaException
from google.protobuf.json_format import MessageToDict

from events.v1.events_pb2 import Event

brokers, group, *topics = sys.argv[1:]
store = sqlite3.connect(f"{group}.sqlite")
store.execute("CREATE TABLE IF NOT EXISTS events (id TEXT PRIMARY KEY, event TEXT)")

consumer = Consumer(
    {
        "bootstrap.servers": brokers,
        "group.id": group,
        "auto.offset.reset": "earliest",
        # An offset says that everything before it is done: it is committed by hand, after the work.
        "enable.auto.commit": False,
    }
)
consumer.subscribe(topics)

while True:
    message = consumer.poll(1.0)
    if message is None:
        continue
    if message.error():
        raise KafkaException(message.error())
    event = Event.FromString(message.value())
    fields = MessageToDict(event, preserving_proto_field_name=True)
    # The work and the note that it is done are one transaction, so an event that comes again changes nothing.
    with store:
        row = (event.id, json.dumps(fields))
        cursor = store.execute("INSERT OR IGNORE INTO events VALUES (?, ?)", row)
    if cursor.rowcount == 1:
        print(json.dumps({"id": event.id, "type": event.type, "cp_id": event.cp_id}), flush=True)
    # Events of one charge point are in one partition, so they come in the order in which they were recorded.
    consumer.commit(message, asynchronous=False)
