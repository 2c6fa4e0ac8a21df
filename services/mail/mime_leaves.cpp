#include "mail/mime_leaves.hpp"

#include <gmime/gmime.h>
#include <iconv.h>

#include <algorithm>
#include <cstring>
#include <memory>

#include "mail/ascii.hpp"
#include "mail/charset.hpp"
#include "mail/digest.hpp"
#include "mail/encoded_words.hpp"
#include "mail/parser_guard.hpp"
#include "mail/transfer.hpp"

namespace hearback {
namespace {

struct Unref {
    void operator()(void* object) const { g_object_unref(object); }
};
template <class T>
using Held = std::unique_ptr<T, Unref>;

std::string lower_of(const char* text) { return lower_case(std::string_view(text ? text : "")); }

std::string unfolded(const char* raw) {
    std::string value;
    for (const char* c = raw ? raw : ""; *c; ++c)
        if (*c != '\r' && *c != '\n') value += *c == '\t' ? ' ' : *c;
    const auto first = value.find_first_not_of(' ');
    if (first == value.npos) return {};
    return to_utf8(std::string_view(value).substr(first, value.find_last_not_of(' ') + 1 - first), "");
}

/// GMime over memory that is ours: the array is taken back before GLib would free it.
class Bytes {
  public:
    explicit Bytes(std::string_view raw)
        : array_(g_byte_array_new_take(reinterpret_cast<guint8*>(const_cast<char*>(raw.data())), raw.size())),
          stream_(g_mime_stream_mem_new_with_byte_array(array_)) {
        g_mime_stream_mem_set_owner(GMIME_STREAM_MEM(stream_.get()), FALSE);
    }
    ~Bytes() {
        stream_.reset();
        g_byte_array_steal(array_, nullptr);
        g_byte_array_unref(array_);
    }
    Bytes(const Bytes&) = delete;
    Bytes& operator=(const Bytes&) = delete;
    GMimeStream* stream() const { return stream_.get(); }

  private:
    GByteArray* array_;
    Held<GMimeStream> stream_;
};

/// Converters are shared libraries that GMime's iconv loads when it first needs one; a reader may open no files later,
/// so they are kept open.
void load_converters() {
    static auto* const kept = new std::vector<iconv_t>;  // outlives every other static object
    for (const char* charset : {"iso-8859-2", "iso-8859-15", "windows-1250", "windows-1251", "windows-1256", "koi8-r",
                                "iso-2022-jp", "shift_jis", "euc-jp", "euc-kr", "gb2312", "gb18030", "big5"})
        kept->push_back(g_mime_iconv_open("utf-8", charset));
}

GMimeParserOptions* options() {
    static GMimeParserOptions* const shared = [] {
        g_mime_init();
        load_converters();
        auto* made = g_mime_parser_options_new();
        const char* charsets[] = {"utf-8", "windows-1252", nullptr};
        g_mime_parser_options_set_fallback_charsets(made, charsets);
        return made;
    }();
    return shared;
}

class Walk {
  public:
    Walk(std::string_view raw, const ReadLimits& limits, MimeTree& tree) : raw_(raw), limits_(limits), tree_(tree) {}

    void object(GMimeObject* object, std::size_t depth, std::size_t message_depth) {
        if (!object) return;
        if (depth > limits_.depth) return cut("it is nested deeper than " + std::to_string(limits_.depth) + " levels");
        if (GMIME_IS_MULTIPART(object)) return multipart(GMIME_MULTIPART(object), depth, message_depth);
        if (GMIME_IS_MESSAGE_PART(object)) {
            auto* inner = g_mime_message_part_get_message(GMIME_MESSAGE_PART(object));
            if (const char* id = inner ? g_mime_message_get_message_id(inner) : nullptr;
                id && tree_.attached_message_id.empty())
                tree_.attached_message_id = to_utf8(id, "");
            if (inner) this->object(g_mime_message_get_mime_part(inner), depth + 1, message_depth + 1);
            return;
        }
        if (GMIME_IS_PART(object)) leaf(GMIME_PART(object), message_depth);
    }

  private:
    void cut(std::string why) {
        if (tree_.cut_because.empty()) tree_.cut_because = std::move(why);
    }

    void multipart(GMimeMultipart* parts, std::size_t depth, std::size_t message_depth) {
        const int count = g_mime_multipart_get_count(parts);
        for (int i = 0; i < count; ++i) {
            if (tree_.leaves.size() >= limits_.parts)
                return cut("it has more than " + std::to_string(limits_.parts) + " parts");
            object(g_mime_multipart_get_part(parts, i), depth + 1, message_depth);
        }
        // Without a usable boundary GMime has all the words in the prologue, where no one would look for them.
        if (const char* prologue = g_mime_multipart_get_prologue(parts); count == 0 && prologue) {
            tree_.kept.emplace_back(prologue);
            MimeLeaf leaf;
            leaf.content_type = "text/plain";
            leaf.message_depth = message_depth;
            leaf.content = tree_.kept.back();
            tree_.leaves.push_back(std::move(leaf));
        }
    }

    void leaf(GMimePart* part, std::size_t message_depth) {
        if (tree_.leaves.size() >= limits_.parts)
            return cut("it has more than " + std::to_string(limits_.parts) + " parts");
        auto* object = GMIME_OBJECT(part);
        MimeLeaf leaf;
        if (auto* type = g_mime_object_get_content_type(object)) {
            const std::unique_ptr<char, void (*)(void*)> name(g_mime_content_type_get_mime_type(type), g_free);
            leaf.content_type = lower_of(name.get());
            leaf.charset = lower_of(g_mime_content_type_get_parameter(type, "charset"));
        }
        if (leaf.content_type.empty()) leaf.content_type = "text/plain";
        leaf.encoding = lower_of(g_mime_object_get_header(object, "Content-Transfer-Encoding"));
        if (const char* name = g_mime_part_get_filename(part)) leaf.name = to_utf8(name, "");
        if (const char* id = g_mime_object_get_content_id(object)) leaf.content_id = to_utf8(id, "");
        const char* disposition = g_mime_object_get_disposition(object);
        leaf.is_attachment = disposition && lower_of(disposition) == "attachment";
        leaf.message_depth = message_depth;
        if (auto* content = g_mime_part_get_content(part))
            if (auto* stream = g_mime_data_wrapper_get_stream(content)) leaf.content = view(stream);
        tree_.leaves.push_back(std::move(leaf));
    }

    std::string_view view(GMimeStream* stream) const {
        const auto size = static_cast<gint64>(raw_.size());
        const auto begin = std::clamp<gint64>(stream->bound_start, 0, size);
        const auto end = stream->bound_end < 0 ? size : std::clamp<gint64>(stream->bound_end, begin, size);
        return raw_.substr(std::size_t(begin), std::size_t(end - begin));
    }

    std::string_view raw_;
    const ReadLimits& limits_;
    MimeTree& tree_;
};

void add_addresses(InternetAddressList* list, std::vector<MailAddress>& out, int depth) {
    constexpr int group_depth_max = 8;
    const int count = internet_address_list_length(list);
    for (int i = 0; i < count; ++i) {
        auto* one = internet_address_list_get_address(list, i);
        if (INTERNET_ADDRESS_IS_GROUP(one)) {
            auto* members = internet_address_group_get_members(INTERNET_ADDRESS_GROUP(one));
            if (members && depth < group_depth_max) add_addresses(members, out, depth + 1);
            continue;
        }
        const char* name = internet_address_get_name(one);
        const char* address = internet_address_mailbox_get_addr(INTERNET_ADDRESS_MAILBOX(one));
        out.push_back({name ? to_utf8(name, "") : std::string(), address ? to_utf8(address, "") : std::string()});
    }
}

void read_headers(GMimeMessage* message, MimeTree& tree) {
    auto* list = g_mime_object_get_header_list(GMIME_OBJECT(message));
    const int count = g_mime_header_list_get_count(list);
    for (int i = 0; i < count; ++i) {
        auto* header = g_mime_header_list_get_header_at(list, i);
        const auto name = lower_of(g_mime_header_get_name(header));
        const char* raw = g_mime_header_get_raw_value(header);
        std::vector<MailAddress>* addresses = name == "from"       ? &tree.from
                                              : name == "reply-to" ? &tree.reply_to
                                              : name == "to"       ? &tree.to
                                              : name == "cc"       ? &tree.cc
                                                                   : nullptr;
        // RFC 5322 3.6 allows one From; of more all are named, and the reader is warned.
        if (addresses && raw)
            if (Held<InternetAddressList> parsed(internet_address_list_parse(options(), raw)); parsed)
                add_addresses(parsed.get(), *addresses, 0);
        if (name == "date" && raw && !tree.date)
            if (auto* date = g_mime_utils_header_decode_date(raw)) {
                tree.date = Instant{std::chrono::seconds{g_date_time_to_unix(date)}};
                g_date_time_unref(date);
            }
        tree.headers.push_back({name, unfolded(raw)});
    }
}

}  // namespace

const HeaderField* MimeTree::header(std::string_view name) const {
    const auto found = std::find_if(headers.begin(), headers.end(), [&](const auto& h) { return h.name == name; });
    return found == headers.end() ? nullptr : &*found;
}

std::string_view MimeTree::value(std::string_view name) const {
    const auto* found = header(name);
    return found ? std::string_view(found->value) : std::string_view();
}

std::optional<MimeTree> mime_tree(std::string_view given, const ReadLimits& limits) {
    MimeTree tree;
    auto guarded = guard_parser(given, limits);
    tree.cut_because = std::move(guarded.cut_because);
    if (!guarded.copy.empty()) tree.kept.push_back(std::move(guarded.copy));
    const std::string_view raw = tree.kept.empty() ? guarded.raw : std::string_view(tree.kept.front());
    options();
    const Bytes bytes(raw);
    const Held<GMimeParser> parser(g_mime_parser_new_with_stream(bytes.stream()));
    const Held<GMimeMessage> message(g_mime_parser_construct_message(parser.get(), options()));
    if (!message) return {};
    read_headers(message.get(), tree);
    auto* top = g_mime_message_get_mime_part(message.get());
    if (auto* type = top ? g_mime_object_get_content_type(top) : nullptr) {
        const std::unique_ptr<char, void (*)(void*)> name(g_mime_content_type_get_mime_type(type), g_free);
        tree.content_type = lower_of(name.get());
        tree.report_type = lower_of(g_mime_content_type_get_parameter(type, "report-type"));
    }
    Walk(raw, limits, tree).object(top, 0, 0);
    return tree;
}

namespace {

/// Line ends of text are CR LF on the way (RFC 2046 4.1.1) and LF where it is kept.
std::string with_line_feeds(std::string text) {
    std::size_t to = 0, from = 0;
    for (auto end = text.find("\r\n"); end != text.npos; end = text.find("\r\n", from)) {
        std::memmove(text.data() + to, text.data() + from, end - from);
        to += end - from;
        from = end + 1;
    }
    std::memmove(text.data() + to, text.data() + from, text.size() - from);
    text.resize(to + text.size() - from);
    return text;
}

std::string_view encoding_of(const MimeLeaf& leaf) {
    return std::string_view(leaf.encoding).substr(0, leaf.encoding.find_first_of(" ;("));
}

bool is_uuencoded(const MimeLeaf& leaf) {
    const auto encoding = encoding_of(leaf);
    return encoding == "x-uuencode" || encoding == "uuencode" || encoding == "x-uue";
}

/// Decodes in blocks that end where a line does, which is where these encodings start anew.
void by_lines(const MimeLeaf& leaf, const std::function<void(std::string_view)>& take) {
    constexpr std::size_t block_bytes = 256u << 10;
    auto block = leaf;
    for (auto left = leaf.content; !left.empty(); left.remove_prefix(block.content.size())) {
        const auto newline = left.size() > block_bytes ? left.find('\n', block_bytes) : left.npos;
        block.content = left.substr(0, newline == left.npos ? newline : newline + 1);
        take(decoded(block));
    }
}

}  // namespace

LeafSize measured(const MimeLeaf& leaf) {
    LeafSize size;
    ContentDigest digest;
    const auto take = [&](std::string_view block) {
        size.bytes += block.size();
        digest.add(block);
    };
    if (encoding_of(leaf) == "base64")
        mime_base64(leaf.content, take);
    else if (is_uuencoded(leaf))
        take(decoded(leaf));
    else
        by_lines(leaf, take);
    size.sha256 = digest.hex();
    return size;
}

std::string decoded(const MimeLeaf& leaf) {
    const auto as_text = [&](std::string bytes) {
        return leaf.content_type.starts_with("text/") ? with_line_feeds(std::move(bytes)) : bytes;
    };
    const auto encoding = encoding_of(leaf);
    if (encoding == "base64") return mime_base64(leaf.content);
    if (encoding == "quoted-printable") return as_text(mime_quoted_printable(leaf.content));
    if (is_uuencoded(leaf)) return mime_uuencode(leaf.content);
    return as_text(std::string(leaf.content));
}

}  // namespace hearback
