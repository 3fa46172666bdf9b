"""confluent-kafka and kafka-python-ng: a producer a codec, everything else at its default.

librdkafka's own partitioner (CRC32, `consistent_random`) stays in force, and so does kafka-python's murmur2. An event goes out
as each client's users write it: the structured one bare or with a content type, the binary one with `ce_` headers.
"""

import json

from confluent_kafka import Producer
from kafka import KafkaProducer


def structured(event):
    return json.dumps(event, ensure_ascii=False).encode(), []


def binary(event):
    attributes = {name: value for name, value in event.items() if name not in ("data", "datacontenttype")}
    headers = [(f"ce_{name}", str(value).encode()) for name, value in attributes.items()]
    return json.dumps(event["data"]).encode(), headers


def message_of(mode, event):
    return structured(event) if mode == "structured" else binary(event)


def bytes_of(key):
    return None if key is None else key.encode()


def confluent_kafka(brokers, topic, codec, mode, assignments):
    """librdkafka: a record is acknowledged when its callback comes without an error."""
    options = {"bootstrap.servers": brokers}
    if codec != "default":
        options["compression.type"] = codec
    producer = Producer(options)
    failures = []

    def delivered(error, _message):
        if error is not None:
            failures.append(str(error))

    for assignment in assignments:
        value, headers = message_of(mode, assignment["event"])
        if mode == "structured":
            headers = [("content-type", b"application/cloudevents+json; charset=UTF-8")]
        producer.produce(topic, value, bytes_of(assignment["key"]), headers=headers, on_delivery=delivered)
    unsent = producer.flush(60)
    if failures or unsent:
        raise RuntimeError(f"{unsent} unsent, {failures[:3]}")
    return len(assignments)


def kafka_python(brokers, topic, codec, mode, assignments):
    """kafka-python-ng: a record is acknowledged when its future has metadata."""
    options = {} if codec == "default" else {"compression_type": None if codec == "none" else codec}
    # One batch a partition, as a busy sender's are; without a wait most batches would hold a single record.
    producer = KafkaProducer(bootstrap_servers=brokers.split(","), linger_ms=100, **options)
    futures = []
    for assignment in assignments:
        value, headers = message_of(mode, assignment["event"])
        if mode == "binary":
            headers.append(("content-type", b"application/json"))
        futures.append(producer.send(topic, value, bytes_of(assignment["key"]), headers=headers))
    producer.flush(60)
    acknowledged = sum(1 for future in futures if future.get(60).offset >= 0)
    producer.close()
    return acknowledged
