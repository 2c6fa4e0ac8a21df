// The two bodies of one email, written block by block from the same words. Text in, mark-up out: everything that is
// added is escaped here, so nothing that a person wrote becomes HTML.
#pragma once

#include <string>
#include <string_view>

namespace hearback {

inline constexpr std::size_t text_columns = 72;

/// Joins what people read as one thing by non-breaking spaces: "Monday 19 February", "01632 960 114".
std::string keep_together(std::string_view text);

std::string escaped(std::string_view text);

/// Breaks lines at spaces so that none is longer than `columns` (a longer word stands alone); non-breaking spaces hold
/// and become plain ones. `\n` in `text` stays a line's end.
std::string wrapped(std::string_view text, std::string_view indent = "", std::size_t columns = text_columns);

/// A whole HTML document for a mail program: inline styles, no picture, script, font or address of ours in it.
std::string email_document(std::string_view subject, std::string_view body_html);

/// Inline styles by what a block is.
namespace style {
inline constexpr std::string_view paragraph = "margin:0 0 14px";
inline constexpr std::string_view heading = "font-size:18px;line-height:1.3;margin:22px 0 6px";
inline constexpr std::string_view inset =
    "border-left:5px solid #114b5f;padding:2px 0 2px 14px;margin:0 0 18px;font-size:18px";
inline constexpr std::string_view inset_paragraph = "margin:0 0 8px";
inline constexpr std::string_view list = "margin:0 0 14px;padding-left:20px";
inline constexpr std::string_view item = "margin:0 0 6px";
inline constexpr std::string_view small_print =
    "font-size:16px;color:#40484b;border-top:1px solid #d5dcde;padding-top:12px;margin-top:20px";
inline constexpr std::string_view link = "color:#0b5a7d";
}  // namespace style

}  // namespace hearback
