"""Publishes what stands on standard input, one assignment a line, with the Python clients that it names.

An assignment is {"client","over","codec","mode","key","event"}; all of the same first four make a group, sent by a client of
its own. Prints a line of JSON for each group: how many events were acknowledged, or what went wrong.
"""

import json
import os
import sys

import cloudevents_clients
import kafka_clients

GROUP = ("client", "over", "codec", "mode")
KAFKA = {
    "confluent-kafka": kafka_clients.confluent_kafka,
    "kafka-python-ng": kafka_clients.kafka_python,
    **cloudevents_clients.KAFKA,
}


def group_of(assignment):
    return tuple(assignment[name] for name in GROUP)


def over_http(client, mode, assignments):
    answers = cloudevents_clients.HTTP[client](os.environ["INTAKE_URL"], mode, assignments)
    for answer in answers:
        if answer.status_code != 202:
            raise RuntimeError(f"{client}, {mode}: {answer.status_code} {answer.text}")
    return sum(answer.json()["accepted"] for answer in answers)


def publish(client, over, codec, mode, assignments):
    if over == "http":
        return over_http(client, mode, assignments)
    return KAFKA[client](os.environ["KAFKA_BROKERS"], os.environ["EVENTS_TOPIC"], codec, mode, assignments)


groups = {}
for assignment in map(json.loads, sys.stdin):
    groups.setdefault(group_of(assignment), []).append(assignment)
for group, assignments in groups.items():
    report = dict(zip(GROUP, group))
    try:
        report["acknowledged"] = publish(*group, assignments)
    except Exception as fault:  # the other groups go on; the test fails by the report
        report["fault"] = f"{type(fault).__name__}: {fault}"
    print(json.dumps(report), flush=True)
