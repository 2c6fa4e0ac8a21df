#include "edges/web/api/body.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <set>

namespace hearback {

using nlohmann::json;

struct Body::Object {
    json members;
    std::string inside = {};  ///< "promised[0]." when it is a member of another
    std::set<std::string, std::less<>> asked_for = {};

    const json* find(const char* name) {
        asked_for.insert(name);
        const auto found = members.find(name);
        return found == members.end() ? nullptr : &*found;
    }
};

struct Body::Notes {
    std::vector<Fault> faults;
    std::vector<std::shared_ptr<Object>> objects;
};

Body::Body(std::shared_ptr<Notes> notes, std::shared_ptr<Object> object) : notes_(std::move(notes)), object_(std::move(object)) { notes_->objects.push_back(object_); }

std::optional<Body> Body::read(std::string_view text) {
    constexpr int depth_max = 8;
    bool too_deep = false;
    const auto parsed = json::parse(text.empty() ? "{}" : text, [&](int depth, json::parse_event_t, json&) { return !(too_deep = too_deep || depth > depth_max); }, false);
    if (too_deep || !parsed.is_object()) return {};
    return Body(std::make_shared<Notes>(), std::make_shared<Object>(Object{.members = parsed}));
}

bool Body::has(const char* name) const { return object_->find(name) != nullptr; }

void Body::wrong(const char* name, std::string words) const { notes_->faults.push_back({object_->inside + name, std::move(words)}); }

void Body::must_have(const char* name) const {
    const auto* found = object_->find(name);
    if (!found) wrong(name, "It is missing.");
    else if (found->is_string() && found->get_ref<const std::string&>().find_first_not_of(" \t\r\n") == std::string::npos) wrong(name, "It says nothing.");
}

std::string Body::text(const char* name) const {
    const auto* found = object_->find(name);
    if (found && !found->is_string()) wrong(name, "It must be text.");
    return found && found->is_string() ? found->get<std::string>() : std::string();
}

std::vector<std::string> Body::texts(const char* name) const {
    std::vector<std::string> texts;
    const auto* found = object_->find(name);
    if (!found) return texts;
    if (!found->is_array() || !std::all_of(found->begin(), found->end(), [](const json& each) { return each.is_string(); })) {
        wrong(name, "It must be a list of texts.");
        return texts;
    }
    for (const auto& each : *found) texts.push_back(each.get<std::string>());
    return texts;
}

bool Body::yes(const char* name) const {
    const auto* found = object_->find(name);
    if (found && !found->is_boolean()) wrong(name, "It must be true or false.");
    return found && found->is_boolean() && found->get<bool>();
}

std::int64_t Body::number(const char* name) const {
    const auto* found = object_->find(name);
    if (!found) return 0;
    constexpr std::uint64_t most = 1'000'000;
    if (found->is_number_unsigned() && found->get<std::uint64_t>() <= most) return found->get<std::int64_t>();
    wrong(name, "It must be a whole number from 0 to " + std::to_string(most) + ".");
    return 0;
}

std::optional<Date> Body::date(const char* name) const {
    if (!has(name)) return {};
    const auto found = date_from_iso(text(name));
    if (!found) wrong(name, "It must be a date like 2027-02-11.");
    return found;
}

std::optional<Instant> Body::instant(const char* name) const {
    if (!has(name)) return {};
    const auto found = instant_from_iso(text(name));
    if (!found) wrong(name, "It must be a time like 2027-02-11T09:30:00Z (RFC 3339).");
    return found;
}

std::optional<Body> Body::object(const char* name) const {
    const auto* found = object_->find(name);
    if (found && found->is_object()) return Body(notes_, std::make_shared<Object>(Object{.members = *found, .inside = object_->inside + name + "."}));
    if (found) wrong(name, "It must be an object.");
    return {};
}

std::vector<Body> Body::objects(const char* name) const {
    std::vector<Body> objects;
    const auto* found = object_->find(name);
    if (found && (!found->is_array() || !std::all_of(found->begin(), found->end(), [](const json& each) { return each.is_object(); }))) {
        wrong(name, "It must be a list of objects.");
        return objects;
    }
    for (std::size_t n = 0; found && n < found->size(); ++n)
        objects.push_back(Body(notes_, std::make_shared<Object>(Object{.members = (*found)[n], .inside = object_->inside + name + "[" + std::to_string(n) + "]."})));
    return objects;
}

std::vector<Fault> Body::faults() const {
    auto all = notes_->faults;
    for (const auto& object : notes_->objects)
        for (const auto& [name, value] : object->members.items())
            if (!object->asked_for.contains(name)) all.push_back({object->inside + name, "Nothing of this name is known here."});
    return all;
}

std::string Body::canonical() const { return object_->members.dump(); }

}  // namespace hearback
