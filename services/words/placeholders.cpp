#include "words/placeholders.hpp"

#include <algorithm>
#include <stdexcept>

namespace hearback {

namespace {

constexpr std::size_t fields_max = 256;

class Reader {
  public:
    Reader(std::string_view source, Fields& fields) : source_(source), fields_(fields) {}

    Pieces read_all() { return read_until_close(); }

  private:
    bool next_is(std::string_view wanted) const { return source_.substr(at_).starts_with(wanted); }

    [[noreturn]] void refuse(const std::string& reason) const {
        const auto line =
            1 + std::count(source_.begin(), source_.begin() + std::ptrdiff_t(std::min(at_, source_.size())), '\n');
        throw std::invalid_argument("line " + std::to_string(line) + ": " + reason);
    }

    Pieces read_until_close() {
        Pieces pieces;
        std::string text;
        const auto end_text = [&] {
            if (!text.empty()) pieces.push_back({Piece::Kind::text, std::move(text), 0, {}});
            text.clear();
        };
        int brackets = 0;  // the text's own, as in a link's address: they close before a condition does
        while (at_ < source_.size() && !(depth_ > 0 && brackets == 0 && next_is("))"))) {
            if (field_at(source_.substr(at_)) != std::string_view::npos) refuse("a private-use character");
            if (next_is("((") && !next_is("(((")) {
                end_text();
                pieces.push_back(read_placeholder());
                continue;
            }
            const char c = source_[at_++];
            if (c == '(') ++brackets;
            if (c == ')' && brackets > 0) --brackets;
            text += c;
        }
        end_text();
        return pieces;
    }

    Piece read_placeholder() {
        at_ += 2;
        const auto name_end = source_.find_first_of("?()", at_);
        if (name_end == source_.npos) refuse("\"((\" is never closed");
        std::string_view name = source_.substr(at_, name_end - at_);
        const bool negated = name.starts_with("no ");
        if (negated) name.remove_prefix(3);
        if (name.find_first_not_of(" \n") == name.npos) refuse("a field has no name");
        at_ = name_end;
        Piece piece{negated ? Piece::Kind::unless : Piece::Kind::field, {}, fields_.index_of(name), {}};
        if (next_is("\?\?")) {
            at_ += 2;
            if (!negated) piece.kind = Piece::Kind::when;
            ++depth_;
            piece.inside = read_until_close();
            --depth_;
        } else if (negated) {
            refuse("\"no\" is for ((no field??text))");
        }
        if (!next_is("))")) refuse("\"((\" is never closed");
        at_ += 2;
        return piece;
    }

    std::string_view source_;
    Fields& fields_;
    std::size_t at_ = 0;
    int depth_ = 0;
};

bool applies(const Piece& piece, const std::function<bool(std::size_t)>& has_value) {
    return has_value(piece.field) == (piece.kind == Piece::Kind::when);
}

}  // namespace

std::size_t Fields::index_of(std::string_view name) {
    std::string key;
    for (const char c : name) {
        if (c == ' ' || c == '_' || c == '\n') {
            if (!key.empty() && key.back() != '_') key += '_';
        } else {
            key += c >= 'A' && c <= 'Z' ? char(c - 'A' + 'a') : c;
        }
    }
    if (key.ends_with('_')) key.pop_back();
    const auto known = std::find(names.begin(), names.end(), key);
    if (known != names.end()) return std::size_t(known - names.begin());
    if (names.size() == fields_max) throw std::invalid_argument("more than 256 fields");
    names.push_back(key);
    return names.size() - 1;
}

Pieces read_placeholders(std::string_view source, Fields& fields) { return Reader(source, fields).read_all(); }

void expand(const Pieces& pieces, const std::function<bool(std::size_t)>& has_value, std::string& out) {
    for (const Piece& piece : pieces) {
        if (piece.kind == Piece::Kind::text) {
            out += piece.text;
        } else if (piece.kind == Piece::Kind::field) {
            out += '\xEE';
            out += char(0x80 | (piece.field >> 6));
            out += char(0x80 | (piece.field & 63));
        } else if (applies(piece, has_value)) {
            expand(piece.inside, has_value, out);
        }
    }
}

void shown_fields(const Pieces& pieces, const std::function<bool(std::size_t)>& has_value,
                  std::vector<std::size_t>& out) {
    for (const Piece& piece : pieces) {
        if (piece.kind == Piece::Kind::field)
            out.push_back(piece.field);
        else if (piece.kind != Piece::Kind::text && applies(piece, has_value))
            shown_fields(piece.inside, has_value, out);
    }
}

std::size_t field_at(std::string_view text) {
    if (text.size() < field_bytes || text[0] != '\xEE') return text.npos;
    const auto high = std::size_t((unsigned char)(text[1])) & 0x3f, low = std::size_t((unsigned char)(text[2])) & 0x3f;
    return high << 6 | low;
}

}  // namespace hearback
