#include "events/codec.hpp"

#include <concepts>
#include <map>
#include <simdjson.h>

#include "events/json_text.hpp"
#include "events/members.hpp"
#include "events/public_members.hpp"

namespace hearback {

namespace {

using simdjson::dom::element;

template <class T>
constexpr bool is_shape = requires(T& t) { visit_members(t, [](auto&&...) {}, [](auto&&...) {}); };
const auto nobody = [](auto&&...) {};

// ---- writing (declared ahead: a list of shapes in a personal member needs all three)

template <class T>
void put(std::string& out, const Personal<T>& personal);
template <class T>
void put(std::string& out, const std::vector<T>& list);
template <class T>
    requires is_shape<const T>
void put(std::string& out, const T& shape);

void put(std::string& out, const std::string& text) { put_json_string(out, text); }
void put(std::string& out, std::int64_t number) { out += std::to_string(number); }
void put(std::string& out, bool yes) { out += yes ? "true" : "false"; }
void put(std::string& out, Instant at) { put_json_string(out, to_iso(at)); }
void put(std::string& out, Date date) { put_json_string(out, to_iso(date)); }
template <class Tag>
void put(std::string& out, const Id<Tag>& id) { put_json_string(out, id.value); }
template <class E>
    requires std::is_enum_v<E>
void put(std::string& out, E value) { put_json_string(out, to_word(value)); }
template <class T>
void put(std::string& out, const std::optional<T>& maybe) { put(out, *maybe); }
template <class T>
void put(std::string& out, const Personal<T>& personal) {
    if (const T* value = personal.get()) put(out, *value);
    else out += "null";
}
template <class T>
void put(std::string& out, const std::vector<T>& list) {
    out += '[';
    for (const auto& each : list) {
        if (out.back() != '[') out += ',';
        put(out, each);
    }
    out += ']';
}

template <class T>
void put_member(std::string& out, std::string_view name, const T& value, bool required) {
    if (!required && value == T{}) return;
    if (out.back() != '{') out += ',';
    out += '"';
    out += name;
    out += "\":";
    put(out, value);
}

template <class T>
    requires is_shape<const T>
void put(std::string& out, const T& shape) {
    out += '{';
    visit_members(shape, [&](auto name, const auto& value, bool required) { put_member(out, name, value, required); }, nobody);
    out += '}';
}

// ---- reading: what is not as the schema says is named

template <class T>
void get(std::string_view name, element j, std::vector<T>& list);
template <class T>
    requires is_shape<T>
void get(std::string_view name, element j, T& shape);

[[noreturn]] void wrong(std::string_view name, std::string_view what) {
    throw BadEvent(std::string(name) + " " + std::string(what));
}

std::string_view text_of(std::string_view name, element j) {
    std::string_view text;
    if (j.get(text) != simdjson::SUCCESS) wrong(name, "is not text");
    return text;
}

void get(std::string_view name, element j, std::string& text) { text = text_of(name, j); }
void get(std::string_view name, element j, std::int64_t& number) {
    if (j.get(number) != simdjson::SUCCESS) wrong(name, "is not a whole number");
}
void get(std::string_view name, element j, bool& yes) {
    if (j.get(yes) != simdjson::SUCCESS) wrong(name, "is neither true nor false");
}
void get(std::string_view name, element j, Instant& at) {
    const auto read = instant_from_iso(text_of(name, j));
    if (!read) wrong(name, "is not a date-time");
    at = *read;
}
void get(std::string_view name, element j, Date& date) {
    const auto read = date_from_iso(text_of(name, j));
    if (!read) wrong(name, "is not a date");
    date = *read;
}
template <class Tag>
void get(std::string_view name, element j, Id<Tag>& id) { id.value = text_of(name, j); }
template <class E>
    requires std::is_enum_v<E>
void get(std::string_view name, element j, E& value) {
    const auto read = from_word<E>(text_of(name, j));
    if (!read) wrong(name, "has a word that its schema does not know");
    value = *read;
}
template <class T>
void get(std::string_view name, element j, std::optional<T>& maybe) { get(name, j, maybe.emplace()); }
template <class T>
void get(std::string_view name, element j, std::vector<T>& list) {
    simdjson::dom::array items;
    if (j.get(items) != simdjson::SUCCESS) wrong(name, "is not a list");
    list.reserve(items.size());
    for (const auto each : items) get(name, each, list.emplace_back());
}
template <class T>
void get(std::string_view name, element j, Personal<T>& personal) {
    if (j.is_null()) {  // it was erased before this event was said
        personal = Personal<T>::erased();
        return;
    }
    T value{};
    get(name, j, value);
    personal = std::move(value);
}

template <class T>
void get_member(element object, const char* name, T& value, bool required) {
    element found;
    if (object[name].get(found) == simdjson::SUCCESS) get(name, found, value);
    else if (required) wrong(name, "is missing");
}

template <class T>
    requires is_shape<T>
void get(std::string_view name, element j, T& shape) {
    if (!j.is_object()) wrong(name, "is not an object");
    visit_members(shape, [&](auto member, auto& value, bool required) { get_member(j, member, value, required); }, nobody);
}

/// Its result lives until the same parser's next use: one for records, one for what is sealed inside them.
element parsed(simdjson::dom::parser& parser, const std::string& text, std::string_view what) {
    element j;
    if (parser.parse(text).get(j) != simdjson::SUCCESS) throw BadEvent(std::string(what) + " is not JSON");
    return j;
}

// ---- events

std::string bound_to(std::string_view id, std::string_view type) { return std::string(id) + "|" + std::string(type); }

template <class E>
void put_event(std::string& out, const E& event, std::string_view id, Seal& seal) {
    put(out, event);
    if constexpr (E::has_personal) {
        std::string plain = "{";
        visit_members(event, nobody, [&](auto name, const auto& value, bool required) {
            put_member(plain, name, value, required);
        });
        plain += '}';
        const auto closed = seal.close(event.key_owner(), bound_to(id, E::type), plain);
        out.pop_back();
        put_member(out, "key", closed.key, true);
        put_member(out, "sealed", closed.text, true);
        out += '}';
    }
}

template <class E>
E get_event(element j, std::string_view id, Seal& seal) {
    E event;
    try {
        get("data", j, event);
        if constexpr (E::has_personal) {
            std::string key, text;
            get_member(j, "key", key, true);
            get_member(j, "sealed", text, true);
            if (const auto plain = seal.open(key, bound_to(id, E::type), text)) {
                thread_local simdjson::dom::parser sealed_parser;
                const auto opened = parsed(sealed_parser, *plain, "what is sealed");
                visit_members(event, nobody, [&](auto name, auto& value, bool required) {
                    get_member(opened, name, value, required);
                });
            } else {
                visit_members(event, nobody, [](auto, auto& value, bool) {
                    value = std::remove_reference_t<decltype(value)>::erased();
                });
            }
        }
    } catch (const BadEvent& bad) {
        throw BadEvent(std::string(E::type) + ": " + bad.what());
    }
    return event;
}

using Getter = AnyEvent (*)(element, std::string_view, Seal&);
template <class... E>
std::map<std::string, Getter, std::less<>> getters_of(std::variant<E...>*) {
    return {{std::string(E::type), [](element j, std::string_view id, Seal& seal) -> AnyEvent { return get_event<E>(j, id, seal); }}...};
}

AnyEvent get_any(std::string_view type, element j, std::string_view id, Seal& seal) {
    static const auto getters = getters_of(static_cast<EveryEvent*>(nullptr));
    const auto found = getters.find(type);
    if (found == getters.end()) throw BadEvent("nobody here knows the type " + std::string(type));
    return found->second(j, id, seal);
}

element parsed(const Record& record) {
    if (!record.value) throw BadEvent("the record is empty");
    thread_local simdjson::dom::parser record_parser;
    return parsed(record_parser, *record.value, "the record");
}

Instant time_of(const Record& record) {
    const auto at = instant_from_iso(record.header("ce_time"));
    if (!at) throw BadEvent("the record has no ce_time");
    return *at;
}

}  // namespace

std::string_view type_of(const AnyEvent& event) {
    return std::visit([](const auto& e) { return e.type; }, event);
}
std::string_view speaker_of(const AnyEvent& event) {
    return std::visit([](const auto& e) { return e.speaker; }, event);
}
std::string subject_of(const AnyEvent& event) {
    return std::visit([](const auto& e) { return e.ce_subject(); }, event);
}

std::string to_json(const AnyEvent& event) {
    std::string out;
    std::visit([&](const auto& e) {
        put(out, e);
        out.pop_back();
        visit_members(e, nobody, [&](auto name, const auto& value, bool required) { put_member(out, name, value, required); });
        out += '}';
    }, event);
    return out;
}

std::string public_json(const AnyEvent& event) {
    std::string out = "{";
    std::visit([&](const auto& e) {
        if constexpr (requires { visit_public(e, nobody); })
            visit_public(e, [&](auto name, const auto& value, bool always_there) { put_member(out, name, value, always_there); });
    }, event);
    return out += '}';
}

Record encode_input(const Heard& heard, std::string_view authority, Seal& seal) {
    std::string value;
    std::visit([&](const auto& e) { put_event(value, e, heard.id, seal); }, heard.event);
    return {.key = {}, .value = std::move(value), .headers = {
        {"ce_specversion", "1.0"}, {"ce_id", heard.id},
        {"ce_source", "/authority/" + std::string(authority) + "/" + std::string(speaker_of(heard.event))},
        {"ce_type", std::string(type_of(heard.event))}, {"ce_subject", subject_of(heard.event)},
        {"ce_time", to_iso(heard.time)}, {"content-type", "application/json"}}};
}

Heard decode_input(const Record& record, Seal& seal) {
    const std::string id(record.header("ce_id"));
    if (id.empty()) throw BadEvent("the record has no ce_id");
    return {.id = id, .time = time_of(record), .event = get_any(record.header("ce_type"), parsed(record), id, seal)};
}

Record encode_decision(const Decision& decision, std::string_view authority, Seal& seal) {
    const std::string authority_path = "/authority/" + std::string(authority) + "/";
    std::string value = "{\"cause\":", types;
    put_json_string(value, decision.cause);
    value += ",\"events\":[";
    for (const auto& said : decision.events) {
        if (value.back() != '[') value += ',';
        value += '{';
        put_member(value, "id", said.id, true);
        put_member(value, "source", authority_path + std::string(speaker_of(said.event)), true);
        put_member(value, "type", std::string(type_of(said.event)), true);
        put_member(value, "subject", subject_of(said.event), true);
        value += ",\"data\":";
        std::visit([&](const auto& e) { put_event(value, e, said.id.value, seal); }, said.event);
        value += '}';
        if (!types.empty()) types += ',';
        types += type_of(said.event);
    }
    value += "]}";
    return {.key = {}, .value = std::move(value), .headers = {
        {"ce_specversion", "1.0"}, {"ce_id", decision.id}, {"ce_source", authority_path + "clerk"},
        {"ce_type", "Decision"}, {"ce_time", to_iso(decision.time)}, {"ce_types", types},
        {"content-type", "application/json"}}};
}

Decision decode_decision(const Record& record, Seal& seal, const std::set<std::string, std::less<>>* wanted) {
    Decision decision{.id = std::string(record.header("ce_id")), .cause = {}, .time = time_of(record), .events = {}};
    const auto j = parsed(record);
    get_member(j, "cause", decision.cause, true);
    simdjson::dom::array events;
    if (j["events"].get(events) != simdjson::SUCCESS) throw BadEvent("the decision has no events");
    for (const auto each : events) {
        std::string id;
        get_member(each, "id", id, true);
        element type, data;
        if (each["type"].get(type) != simdjson::SUCCESS) throw BadEvent("type is missing");
        if (wanted && !wanted->contains(text_of("type", type))) continue;
        if (each["data"].get(data) != simdjson::SUCCESS) throw BadEvent(std::string(text_of("type", type)) + ": data is missing");
        decision.events.push_back({EventId{id}, get_any(text_of("type", type), data, id, seal)});
    }
    return decision;
}

bool speaks_of(const Record& record, const std::set<std::string, std::less<>>& wanted) {
    for (auto types = record.header("ce_types"); !types.empty();) {
        const auto comma = types.find(',');
        if (wanted.contains(types.substr(0, comma))) return true;
        types = comma == types.npos ? std::string_view{} : types.substr(comma + 1);
    }
    return false;
}

}  // namespace hearback
