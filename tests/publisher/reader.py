"""A reader of the events topic as another team would write it: confluent-kafka, schemas/asyncapi.yaml, and nothing else."""
import json

import yaml
from confluent_kafka import Consumer, TopicPartition
from confluent_kafka.admin import AdminClient
from jsonschema import Draft7Validator
from referencing import Registry
from referencing.jsonschema import DRAFT7


class Event:
    def __init__(self, record):
        self.headers = {name: value.decode() for name, value in record.headers()}
        self.key, self.value = (record.key() or b"").decode(), record.value()
        self.id, self.type, self.sequence = (self.headers["ce_" + name] for name in ("id", "type", "sequence"))
        self.data = json.loads(self.value)


class Reader:
    def __init__(self, brokers, authority):
        self.brokers = brokers
        self.place = TopicPartition(f"hearback.{authority}.events.v1", 0, 0)
        self.consumer = Consumer({"bootstrap.servers": brokers, "group.id": "figures", "enable.auto.commit": False, "auto.offset.reset": "error", "log_level": 0})

    def delete_topic(self):
        admin = AdminClient({"bootstrap.servers": self.brokers})
        admin.delete_topics([self.place.topic])[self.place.topic].result(10)

    def end(self):
        return self.consumer.get_watermark_offsets(self.place, timeout=10)[1]

    def records(self):
        """All that are there, repeats too."""
        end, found = self.end(), []
        self.consumer.assign([self.place])
        while len(found) < end:
            record = self.consumer.poll(10)
            if record is None or record.error():
                raise AssertionError(f"{len(found)} of {end} records came: {record and record.error()}")
            found.append(Event(record))
        self.consumer.unassign()
        return found


def once_each(records):
    """What the document says a reader has to do about repeats."""
    highest, found = "", []
    for event in records:
        if event.sequence > highest:
            highest = event.sequence
            found.append(event)
    return found


class Description:
    """Judges events by the document; a member that it does not describe is a fault here."""

    def __init__(self, path):
        with open(path, encoding="utf-8") as f:
            document = yaml.safe_load(f)
        self.known = document["components"]["messages"]
        for message in self.known.values():
            message["payload"]["additionalProperties"] = False
        self.registry = Registry().with_resource("urn:document", DRAFT7.create_resource(document))

    def faults(self, event):
        if event.type not in self.known:
            return [f"nobody described {event.type}"]
        found = []
        for part, instance in (("payload", event.data), ("headers", event.headers)):
            rule = Draft7Validator({"$ref": f"urn:document#/components/messages/{event.type}/{part}"}, registry=self.registry)
            found += [f"{event.type}, {part}: {e.message}" for e in rule.iter_errors(instance)]
        return found + ([] if event.key == event.headers.get("ce_subject", "") else [f"{event.type}: the key is not its subject"])
