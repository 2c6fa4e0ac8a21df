#include "words/postal_address.hpp"

#include <algorithm>

#include "kernel/text.hpp"

namespace hearback {

namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_letter(char c) { return lower(c) >= 'a' && lower(c) <= 'z'; }
/// Letters of other alphabets than the English one are letters as well.
bool is_letter_or_digit(char c) { return is_letter(c) || is_digit(c) || (c & 0x80) != 0; }

/// The letters that a postcode may begin with.
constexpr std::string_view areas =
    " AB AL B BA BB BD BF BH BL BN BR BS BT BX CA CB CF CH CM CO CR CT CV CW DA DD DE DG DH DL DN DT DY E EC EH EN EX FK FY"
    " G GL GU GY HA HD HG HP HR HS HU HX IG IM IP IV JE KA KT KW KY L LA LD LE LL LN LS LU M ME MK ML N NE NG NN NP NR NW"
    " OL OX PA PE PH PL PO PR RG RH RM S SA SE SG SK SL SM SN SO SP SR SS ST SW SY TA TD TF TN TQ TR TS TW UB W WA WC WD"
    " WF WN WR WS WV YO ZE ";

/// Upper case with one space before the last three characters; empty when it is no UK postcode.
std::string postcode_of(std::string_view line) {
    std::string code;
    for (const char c : line)
        if (c != ' ') code += char(is_letter(c) ? lower(c) - 'a' + 'A' : c);
    if (code == "GIR0AA") return "GIR 0AA";
    if (code.size() < 5) return {};
    const std::string outward = code.substr(0, code.size() - 3), inward = code.substr(code.size() - 3);
    const auto letters = std::size_t(std::find_if(outward.begin(), outward.end(), is_digit) - outward.begin());
    const std::string district = outward.substr(letters);
    const bool area_known = areas.find(' ' + outward.substr(0, letters) + ' ') != areas.npos;
    const bool district_fits = district.size() == 1 || (district.size() == 2 && (is_digit(district[1]) || is_letter(district[1])));
    const auto ends_a_postcode = [](char c) { return std::string_view("ABDEFGHJLNPQRSTUWXYZ").find(c) != std::string_view::npos; };
    const bool inward_fits = is_digit(inward[0]) && ends_a_postcode(inward[1]) && ends_a_postcode(inward[2]);
    return letters > 0 && area_known && district_fits && inward_fits ? outward + ' ' + inward : std::string();
}

std::string tidy(std::string_view line) {
    std::string tidied;
    for (const char c : line) {
        const bool space = c == ' ' || ((unsigned char)(c) < 0x20) || c == 0x7f;
        if (!space)
            tidied += c;
        else if (!tidied.empty() && tidied.back() != ' ')
            tidied += ' ';
    }
    while (tidied.ends_with(' ') || tidied.ends_with(',')) tidied.pop_back();
    return tidied;
}

bool says_no_fixed_abode(const std::string& line) {
    const std::string small = lower_case(line);
    return small == "nfa" || small.find("no fixed abode") != small.npos || small.find("no fixed address") != small.npos;
}

Finding block(std::string place, std::string found, std::string better, std::string why) {
    return {Finding::Severity::block, std::move(place), std::move(found), std::move(better), std::move(why)};
}

void check_count(const std::vector<std::string>& lines, std::vector<Finding>& findings) {
    const std::string count = std::to_string(lines.size()) + (lines.size() == 1 ? " line" : " lines");
    if (lines.empty())
        findings.push_back(block("the address", "", "a postal address", "A letter without an address cannot be posted."));
    else if (lines.size() < address_lines_min)
        findings.push_back(block("the address", count, "at least 3 lines: the name, the street, the postcode",
                                 "The post office cannot find the door."));
    else if (lines.size() > address_lines_max)
        findings.push_back(block("the address", count, "at most 7 lines: put two of them on one",
                                 "The window of the envelope shows no more."));
}

void check_line(const std::string& line, const std::string& place, bool is_name_or_street, std::vector<Finding>& findings) {
    if (std::string_view("@()=[]\"\\/,<>~").find(line.front()) != std::string_view::npos)
        findings.push_back(block(place, line, "a line that begins with a letter or a number", "The post office's machines cannot read it."));
    else if (is_name_or_street && std::none_of(line.begin(), line.end(), is_letter_or_digit))
        findings.push_back(block(place, line, "a name or a street", "It has no letter and no number."));
    if (says_no_fixed_abode(line))
        findings.push_back(block(place, line, "where this person fetches their post, or another way to reach them",
                                 "A letter cannot be posted to no address."));
}

}  // namespace

std::vector<std::string> tidy_address(const std::vector<std::string>& lines) {
    std::vector<std::string> tidied;
    for (const auto& line : lines)
        if (auto words = tidy(line); !words.empty()) tidied.push_back(std::move(words));
    if (tidied.empty()) return tidied;
    if (auto postcode = postcode_of(tidied.back()); !postcode.empty()) tidied.back() = std::move(postcode);
    return tidied;
}

std::vector<Finding> check_address(const std::vector<std::string>& lines) {
    const auto address = tidy_address(lines);
    std::vector<Finding> findings;
    check_count(address, findings);
    for (std::size_t i = 0; i < address.size(); ++i)
        check_line(address[i], "the address, line " + std::to_string(i + 1), i < 2, findings);
    if (!address.empty() && postcode_of(address.back()).empty())
        findings.push_back(block("the address, line " + std::to_string(address.size()), address.back(),
                                 "a UK postcode alone on the last line, such as BL9 0SW", "The post office sorts by it."));
    return findings;
}

}  // namespace hearback
