#!/usr/bin/env python3
"""Writes schemas/asyncapi.yaml from the schemas: what others read on the events topic (AsyncAPI 3.0), one message a type.

  asyncapi.py [--check]      --check: exit 1 when the file is not what would be written
"""
import os
import sys

import yaml

from generate import HERE, SUBJECTS, definition_of, is_always_there, is_event, is_public, is_word, schemas

TARGET = os.path.join(HERE, "asyncapi.yaml")
ABOUT = """\
Every event that Hearback concluded, in the order of its journal, one CloudEvents 1.0 message a record in Kafka's binary mode. Nothing in it is
personal: ids, times, numbers, states, staff ids. Who may see the words behind an id asks Hearback's API.

An event may come more than once, always with the same ce_id and the same ce_sequence, and none is left out: before the first copy of each stands the one
before it. So a reader that keeps the highest ce_sequence it has taken in (compared as text) and skips what is not above it has each event once, in order.

More members and more types will come: skip those that you do not know. A text that is empty, an id or a date that does not apply is left out."""
HEADERS = {
    "ce_specversion": {"const": "1.0"},
    "ce_id": {"description": "Of the event, `<decision>.<n>`; a repeat has the same."},
    "ce_source": {"description": "Who concluded it.", "pattern": "^/authority/[^/]+/[a-z_]+$"},
    "ce_type": {"description": "The name of the message."},
    "ce_subject": {"description": "What it is about, `conversation/c-1`; also the record's key. Missing where it is about nothing of its own."},
    "ce_time": {"format": "date-time", "description": "When it was concluded."},
    "ce_sequence": {"pattern": "^[0-9]{20}\\.[0-9]{3}$", "description": "Its place among all events of the authority: grows as text. The decision's number, and the event's in it."},
    "ce_decision": {"description": "All events of one decision were concluded at once, of one message, act or stroke of the clock."},
    "content-type": {"const": "application/json"}}


def schema_of(p):
    """A public member as plain JSON Schema."""
    about = {"description": p["description"]} if "description" in p else {}
    if is_word(p):
        return {"$ref": "#/components/schemas/" + p["$ref"].split("/")[-1]}
    if p["type"] == "array":
        return {"type": "array", "items": schema_of(p["items"]), **about}
    form = {"format": p["format"]} if "format" in p else {}
    return {"type": p["type"], **form, **({"title": p["x-id"]} if "x-id" in p else {}), **about}


def payload(d):
    members = {n: p for n, p in d["properties"].items() if is_public(p)}
    return {"type": "object", "required": [n for n, p in members.items() if is_always_there(n, p, d)], "properties": {n: schema_of(p) for n, p in members.items()}}


def message(speaker, name, d):
    subject = next((s.removesuffix("_id") for s in SUBJECTS if "x-id" in d["properties"].get(s, {})), None)
    own = {"ce_type": {"const": name}, "ce_source": {"pattern": f"/{speaker}$"}, **({"ce_subject": {"pattern": f"^{subject}/"}} if subject else {})}
    key = {"bindings": {"kafka": {"key": {"type": "string", "description": "As ce_subject."}, "bindingVersion": "0.5.0"}}} if subject else {}
    return {"name": name, "title": name, "summary": d["description"], "headers": {"allOf": [{"$ref": "#/components/schemas/Headers"}, {"type": "object", "properties": own}]},
            "payload": payload(d), **key}


def words(messages):
    """The lists of words that the messages use."""
    used = sorted({p["$ref"].split("/")[-1] for m in messages.values() for p in m["payload"]["properties"].values() if "$ref" in p})
    return {name: {"type": "string", **{k: definition_of(name)[k] for k in ("description", "enum")}} for name in used}


def document():
    messages = {n: message(s["$id"], n, d) for s in schemas() if s.get("x-topic") == "journal" for n, d in s["$defs"].items() if is_event(s, d)}
    headers = {"type": "object", "required": [n for n in HEADERS if n != "ce_subject"], "properties": {n: {"type": "string", **h} for n, h in HEADERS.items()}}
    kept = {"cleanup.policy": ["delete"], "retention.ms": -1, "retention.bytes": -1}
    return {
        "asyncapi": "3.0.0",
        "info": {"title": "Hearback: events for others", "version": "1.0.0", "description": ABOUT, "license": {"name": "Apache-2.0"}},
        "defaultContentType": "application/json",
        "channels": {"events": {
            "address": "hearback.{authority}.events.v1", "title": "Events of one authority", "description": "One partition: one order. Kept for ever.",
            "parameters": {"authority": {"description": "The council's ONS code.", "examples": ["E08000002"]}},
            "messages": {n: {"$ref": f"#/components/messages/{n}"} for n in messages},
            "bindings": {"kafka": {"partitions": 1, "topicConfiguration": kept, "bindingVersion": "0.5.0"}}}},
        "operations": {"receiveEvents": {
            "action": "receive", "channel": {"$ref": "#/channels/events"}, "summary": "Read what was concluded, from any place on."}},
        "components": {"messages": messages, "schemas": {"Headers": headers, **words(messages)}}}


class Readable(yaml.SafeDumper):
    """Texts of several lines as they are."""


Readable.add_representer(str, lambda dumper, text: dumper.represent_scalar("tag:yaml.org,2002:str", text, style="|" if "\n" in text else None))


def main():
    text = "# Generated from schemas/ by schemas/asyncapi.py; a test fails when it is out of date.\n" + yaml.dump(document(), Dumper=Readable, sort_keys=False, allow_unicode=True, width=160)
    if sys.argv[1:] == ["--check"]:
        same = os.path.exists(TARGET) and open(TARGET, encoding="utf-8").read() == text
        sys.exit(0 if same else "schemas/asyncapi.yaml is out of date: run schemas/asyncapi.py")
    open(TARGET, "w", encoding="utf-8").write(text)


if __name__ == "__main__":
    main()
