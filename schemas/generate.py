#!/usr/bin/env python3
"""Writes the structs of all events, and what a codec must know of their members, from the schemas beside this file.

  generate.py OUT      writes OUT/events/<speaker>.hpp, any.hpp and .cpp, members.hpp; a file is touched only when it changes

Understood on purpose: an object of string, integer, boolean, date-time, date, a named id (x-id), an enum or shape of
$defs, and arrays of these. x-personal: sealed, in C++ Personal<T>. x-key: whose key seals it. x-public: text that others may read (see
is_public). Anything else is an error.
"""
import json
import os
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
SUBJECTS = ("conversation", "message", "case_id", "contact", "staff", "team")  # the first one present is ce_subject


def schemas():
    """All schema files, those that others refer to first."""
    found = [json.load(open(os.path.join(HERE, f))) for f in sorted(os.listdir(HERE)) if f.endswith(".json")]
    first = ["common", "smtp_in", "web", "directory_import", "carriers"]
    return sorted(found, key=lambda s: (first.index(s["$id"]) if s["$id"] in first else len(first), s["$id"]))


def is_enum(definition):
    return "enum" in definition


def is_public(p):
    """Whether others may read a member (the events topic): what is not personal and has a form that holds no free words, an id, a
    time, a number, yes or no, a word of a list. Text without such a form only where its schema says x-public."""
    if p.get("x-personal"):
        return False
    if p.get("type") == "array":
        return is_public(p["items"])
    return bool(p.get("x-public") or "x-id" in p or "format" in p or p.get("type") in ("integer", "boolean") or is_word(p))


def is_always_there(name, p, definition):
    """Whether others find a public member in every event: nobody should have to know what we leave out when it is 0 or no."""
    return name in definition.get("required", []) or p.get("type") in ("integer", "boolean") or is_word(p)


def is_word(p):
    """A word of a list that some schema defines."""
    return "$ref" in p and is_enum(definition_of(p["$ref"]))


def definition_of(ref, known={}):
    if not known:
        known.update({name: d for s in schemas() for name, d in s["$defs"].items()})
    return known[ref.split("/")[-1]]


def is_event(schema, definition):
    """Common shapes and rows (x-shape) stand inside events and are none themselves."""
    return "x-topic" in schema and not is_enum(definition) and "x-shape" not in definition


def cpp_type(where, p):
    if "$ref" in p:
        return p["$ref"].split("/")[-1]
    if p.get("type") == "array":
        return "std::vector<%s>" % cpp_type(where, p["items"])
    if p.get("type") == "string":
        if "x-id" in p:
            return p["x-id"]
        return {"date-time": "Instant", "date": "Date", None: "std::string"}[p.get("format")]
    if p.get("type") in ("integer", "boolean"):
        return {"integer": "std::int64_t", "boolean": "bool"}[p["type"]]
    raise SystemExit("%s: cannot understand %r" % (where, p))


def cpp_name(name):
    return name + "_" if name == "template" else name  # a word that C++ keeps for itself


def member(where, name, p, required):
    """The declaration of one member; a date that need not be there is optional, other things are empty."""
    t = cpp_type(where, p)
    if p.get("x-personal"):
        t = "Personal<%s>" % t
    elif t in ("Instant", "Date") and name not in required:
        t = "std::optional<%s>" % t
    doc = "  ///< " + p["description"] if "description" in p else ""
    return "    %s %s{};%s" % (t, cpp_name(name), doc)


def owner_code(definition):
    key = definition.get("x-key")
    if key is None:
        return 'return {};'
    return 'return "inbox";' if key == "inbox" else 'return "%s/" + %s.value;' % (key.removesuffix("_id"), key)


def struct(schema, name, d):
    props, required = d["properties"], set(d.get("required", []))
    unknown = required - set(props)
    if unknown:
        raise SystemExit("%s.%s requires %s, which it has not" % (schema["$id"], name, ", ".join(unknown)))
    lines = ["/// " + d["description"], "struct %s {" % name]
    if is_event(schema, d):
        subject = next((s for s in SUBJECTS if "x-id" in props.get(s, {})), None)
        lines += ['    static constexpr std::string_view type = "%s", speaker = "%s";' % (name, schema["$id"]),
                  "    static constexpr bool has_personal = %s;" % str(any(p.get("x-personal") for p in props.values())).lower()]
    lines += [member("%s.%s.%s" % (schema["$id"], name, n), n, p, required) for n, p in props.items()]
    if is_event(schema, d):
        lines += ["    /// Whose key seals its personal members; empty when it has none.",
                  "    std::string key_owner() const { %s }" % owner_code(d),
                  "    std::string ce_subject() const { return %s; }" % ('"%s/" + %s.value' % (subject.removesuffix("_id"), subject) if subject else "{}")]
    return lines + ["    bool operator==(const %s&) const = default;" % name, "};", ""]


def enum(name, d):
    values = d["enum"]
    return (["/// " + d["description"], "enum class %s { %s };" % (name, ", ".join(values)),
             "inline constexpr std::string_view %s_names[] = {%s};" % (name, ", ".join('"%s"' % v for v in values)),
             "inline constexpr std::string_view to_word(%s v) { return %s_names[std::size_t(v)]; }" % (name, name),
             "inline constexpr std::span<const std::string_view> words_of(%s) { return %s_names; }" % (name, name), ""])


def header(schema):
    refs = sorted({p["$ref"].split("#")[0] for d in schema["$defs"].values() for q in d.get("properties", {}).values()
                   for p in (q, q.get("items", {})) if "$ref" in p} - {""})
    out = ["// Generated from schemas/%s.json. %s" % (schema["$id"], schema["description"]), "#pragma once", "",
           "#include <cstdint>", "#include <optional>", "#include <span>", "#include <string>", "#include <string_view>", "#include <vector>", "",
           *['#include "events/%s.hpp"' % r for r in refs],
           '#include "kernel/ids.hpp"', '#include "kernel/instant.hpp"', '#include "kernel/personal.hpp"', "", "namespace hearback {", ""]
    for name, d in schema["$defs"].items():
        out += enum(name, d) if is_enum(d) else struct(schema, name, d)
    return out + ["}  // namespace hearback", ""]


def members(all_schemas):
    """visit_members(e, clear, sealed): calls clear(name, member, required) or sealed(...) for each member."""
    out = ["// Generated from schemas/. The members of every shape, for the codec.", "#pragma once", "", '#include "events/any.hpp"', "", "namespace hearback {", ""]
    for s in all_schemas:
        for name, d in s["$defs"].items():
            if is_enum(d):
                continue
            out += ["template <class E, class Clear, class Sealed>", "    requires std::same_as<std::remove_const_t<E>, %s>" % name,
                    "void visit_members(E& e, Clear&& clear, Sealed&& sealed) {"]
            required = set(d.get("required", []))
            for n, p in d["properties"].items():
                out.append('    %s("%s", e.%s, %s);' % ("sealed" if p.get("x-personal") else "clear", n, cpp_name(n), str(n in required).lower()))
            out += ["    (void)sealed;", "}", ""]
    return out + ["}  // namespace hearback", ""]


def public_members(all_schemas):
    """visit_public(e, visit): calls visit(name, member, always_there) for what others may read of an event that was concluded."""
    out = ["// Generated from schemas/. What others may read of every event that is concluded.", "#pragma once", "", '#include "events/any.hpp"', "", "namespace hearback {", ""]
    for s in all_schemas:
        for name, d in s["$defs"].items():
            if s.get("x-topic") != "journal" or not is_event(s, d):
                continue
            out += ["template <class Visit>", "void visit_public(const %s& e, Visit&& visit) {" % name]
            out += ['    visit("%s", e.%s, %s);' % (n, cpp_name(n), str(is_always_there(n, p, d)).lower()) for n, p in d["properties"].items() if is_public(p)]
            out += ["}", ""]
    return out + ["}  // namespace hearback", ""]


def any_event(all_schemas):
    events = [(s, n) for s in all_schemas for n, d in s["$defs"].items() if is_event(s, d)]
    return ["// Generated from schemas/. Every event that there is.", "#pragma once", "", "#include <concepts>", "#include <utility>", "#include <variant>", "",
            *['#include "events/%s.hpp"' % s["$id"] for s in all_schemas], "", "namespace hearback {", "",
            "using EveryEvent = std::variant<", ",\n".join("    " + n for _, n in events) + ">;", "",
            "/// One event of any type. How it is copied, destroyed and compared is compiled once, in any.cpp: as a plain variant every source",
            "/// that held one compiled all that for every type again, which was most of the build.",
            "class AnyEvent : public EveryEvent {", "  public:",
            "    AnyEvent();",
            "    template <class E>", "        requires requires { E::speaker; }",
            "    AnyEvent(E event) : EveryEvent(std::in_place_type<E>, std::move(event)) {}",
            "    AnyEvent(const AnyEvent&);", "    AnyEvent(AnyEvent&&) noexcept;",
            "    AnyEvent& operator=(const AnyEvent&);", "    AnyEvent& operator=(AnyEvent&&) noexcept;", "    ~AnyEvent();",
            "    friend bool operator==(const AnyEvent&, const AnyEvent&);", "};", "",
            "}  // namespace hearback", ""]


def any_source():
    return ["// Generated from schemas/.", '#include "events/any.hpp"', "", "namespace hearback {", "",
            "AnyEvent::AnyEvent() = default;", "AnyEvent::AnyEvent(const AnyEvent&) = default;", "AnyEvent::AnyEvent(AnyEvent&&) noexcept = default;",
            "AnyEvent& AnyEvent::operator=(const AnyEvent&) = default;", "AnyEvent& AnyEvent::operator=(AnyEvent&&) noexcept = default;",
            "AnyEvent::~AnyEvent() = default;",
            "bool operator==(const AnyEvent& a, const AnyEvent& b) { return static_cast<const EveryEvent&>(a) == static_cast<const EveryEvent&>(b); }", "",
            "}  // namespace hearback", ""]


def write(path, lines):
    text = "\n".join(lines)
    if not os.path.exists(path) or open(path, encoding="utf-8").read() != text:
        open(path, "w", encoding="utf-8").write(text)


def main():
    out = os.path.join(sys.argv[1], "events")
    os.makedirs(out, exist_ok=True)
    found = schemas()
    for s in found:
        write(os.path.join(out, s["$id"] + ".hpp"), header(s))
    write(os.path.join(out, "any.hpp"), any_event(found))
    write(os.path.join(out, "any.cpp"), any_source())
    write(os.path.join(out, "members.hpp"), members(found))
    write(os.path.join(out, "public_members.hpp"), public_members(found))
    open(os.path.join(out, "stamp"), "w").close()


if __name__ == "__main__":
    main()
