"""The CloudEvents SDK for Python in both of its interfaces (`cloudevents.v1` and `cloudevents.core`), over HTTP and Kafka.

Nothing is set that a newcomer would not set: no content type, so binary mode goes out without one.
"""

import os
import json
from datetime import datetime

import requests
from cloudevents.core.bindings import http as core_http
from cloudevents.core.bindings import kafka as core_kafka
from cloudevents.core.v1.event import CloudEvent as CoreEvent
from cloudevents.v1 import kafka as v1_kafka
from cloudevents.v1.conversion import to_binary, to_structured
from cloudevents.v1.http import CloudEvent
from kafka import KafkaProducer

# What a newcomer names; the rest is the SDK's.
NAMED = ("id", "source", "type", "time")


def attributes_of(event):
    return {name: event[name] for name in NAMED}


def data_of(mode, event):
    """As an object, or as bytes that hold its JSON: those go out as `data_base64`."""
    return json.dumps(event["data"]).encode() if mode == "base64" else event["data"]


def v1_event(mode, event, **more):
    return CloudEvent({**attributes_of(event), **more}, data_of(mode, event))


def core_event(mode, event, **more):
    time = datetime.fromisoformat(event["time"])
    return CoreEvent({**attributes_of(event), **more, "time": time}, data_of(mode, event))


def v1_http_message(mode, event):
    return (to_binary if mode == "binary" else to_structured)(v1_event(mode, event))


def core_http_message(mode, event):
    convert = core_http.to_binary_event if mode == "binary" else core_http.to_structured_event
    message = convert(core_event(mode, event))
    return message.headers, message.body


def over_http(message_of):
    def publish(intake, mode, assignments):
        answers = []
        for assignment in assignments:
            headers, body = message_of(mode, assignment["event"])
            headers = {**headers, "Authorization": f"Bearer {os.environ['API_KEY']}"}
            answers.append(requests.post(f"{intake}/v1/events", data=body, headers=headers, timeout=30))
        return answers

    return publish


def v1_kafka_message(mode, assignment):
    event = v1_event(mode, assignment["event"], partitionkey=assignment["key"])
    if mode == "binary":
        # The binding reads this attribute without asking whether it is there.
        event["datacontenttype"] = "application/json"
    return (v1_kafka.to_binary if mode == "binary" else v1_kafka.to_structured)(event)


def core_kafka_message(mode, assignment):
    convert = core_kafka.to_binary_event if mode == "binary" else core_kafka.to_structured_event
    return convert(core_event(mode, assignment["event"], partitionkey=assignment["key"]))


def over_kafka(message_of):
    def publish(brokers, topic, codec, mode, assignments):
        producer = KafkaProducer(bootstrap_servers=brokers.split(","))
        futures = []
        for assignment in assignments:
            message = message_of(mode, assignment)
            headers = list(message.headers.items())
            futures.append(producer.send(topic, message.value, message.key.encode(), headers=headers))
        producer.flush(60)
        acknowledged = sum(1 for future in futures if future.get(60).offset >= 0)
        producer.close()
        return acknowledged

    return publish


HTTP = {"cloudevents v1": over_http(v1_http_message), "cloudevents core": over_http(core_http_message)}
KAFKA = {"cloudevents v1": over_kafka(v1_kafka_message), "cloudevents core": over_kafka(core_kafka_message)}
