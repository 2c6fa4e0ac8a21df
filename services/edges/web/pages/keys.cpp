#include "edges/web/pages/pages.hpp"

namespace hearback {

namespace {

Node key(const char* pressed, const char* does) { return Node::Object{{"key", pressed}, {"does", does}}; }

}  // namespace

Response keys_page(const Visit& visit) {
    auto data = frame(visit, "Keys and help", "");
    const bool on = keys_are_on(visit.request);
    data["caption"] = moment_words(visit.now());
    data["heading"] = "Keys and help";
    data["summary"] = on ? "One key does what a button does. Keys rest while you write in a box." : "Single keys are switched off in this browser.";
    data["groups"] = Node::List{
        Node::Object{{"group", "In a list"}, {"keys", Node::List{key("j", "The next row"), key("k", "The row before"), key("Enter", "Open the row"), key("n", "In what was set aside: the row needs an answer"), key("1 to 9", "The first, second, … group of Today")}}},
        Node::Object{{"group", "In a conversation"}, {"keys", Node::List{key("r", "Write a reply"), key("c", "Write down a call"), key("d", "It only says thank you: no answer needed"), key("m", "Take this on"), key("n", "It was set aside, or closed, and needs an answer"), key("h", "Give it to a colleague"), key("e", "Note for us only"), key("u", "Back to the list")}}},
        Node::Object{{"group", "In a box"}, {"keys", Node::List{key("Ctrl Enter", "Press the green button"), key("Esc", "Leave the box")}}},
        Node::Object{{"group", "Everywhere"}, {"keys", Node::List{key("/", "Find"), key("?", "This page")}}}};
    data["to"] = on ? "off" : "on";
    data["button"] = on ? "Switch single keys off" : "Switch single keys on";
    return show("keys", data);
}

Response post_keys(const Visit& visit) {
    auto response = Response::see_other("/keys");
    response.headers["Set-Cookie"] = std::string("hearback_keys=") + (visit.request.filled("to") == "off" ? "off" : "on") + "; Path=/; Max-Age=31536000; HttpOnly; SameSite=Strict";
    return response;
}

}  // namespace hearback
