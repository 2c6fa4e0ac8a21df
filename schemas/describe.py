#!/usr/bin/env python3
"""Writes docs/events.md from the schemas: every event, who says it, what it holds, what is sealed.

  describe.py [--check]      --check: exit 1 when docs/events.md is not what would be written
"""
import os
import sys

from generate import HERE, is_enum, is_event, schemas

TARGET = os.path.join(os.path.dirname(HERE), "docs", "events.md")


def kind(p):
    if "$ref" in p:
        return p["$ref"].split("/")[-1]
    if p.get("type") == "array":
        return "list of " + kind(p["items"])
    return p.get("x-id") or p.get("format") or p["type"]


def lines():
    yield from ["# Events", "", "Generated from `schemas/` by `schemas/describe.py`; a test fails when it is out of date. *sealed*: personal, closed under the key named;",
                "it comes back erased when that key has been destroyed. What is not marked *needed* may be left out.", ""]
    for topic, title in (("inbox", "What the world says (inbox)"), ("journal", "What is concluded (journal)")):
        yield from ["## " + title, ""]
        for s in schemas():
            if s.get("x-topic") != topic:
                continue
            yield from [f"### {s['$id']}", "", s["description"], ""]
            for name, d in s["$defs"].items():
                if is_enum(d):
                    yield from [f"**{name}**: {d['description']} `" + "` `".join(d["enum"]) + "`", ""]
                    continue
                what = "" if is_event(s, d) else " (a shape inside others)"
                key = f" Sealed under the key of its {d['x-key']}." if "x-key" in d else ""
                yield from [f"#### {name}{what}", "", d["description"] + key, "", "| member | is | |", "|---|---|---|"]
                for member, p in d["properties"].items():
                    notes = [w for w, on in (("needed", member in d.get("required", [])), ("sealed", p.get("x-personal"))) if on]
                    yield f"| `{member}` | {kind(p)} | {', '.join(notes)}{'. ' if notes and 'description' in p else ''}{p.get('description', '')} |"
                yield ""


def main():
    text = "\n".join(lines())
    if sys.argv[1:] == ["--check"]:
        same = os.path.exists(TARGET) and open(TARGET, encoding="utf-8").read() == text
        sys.exit(0 if same else "docs/events.md is out of date: run schemas/describe.py")
    open(TARGET, "w", encoding="utf-8").write(text)


if __name__ == "__main__":
    main()
