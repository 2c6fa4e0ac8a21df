#include "words/typesetting.hpp"

#include <cairo-pdf.h>
#include <fontconfig/fontconfig.h>
#include <pango/pangocairo.h>
#include <pango/pangofc-fontmap.h>

#include <algorithm>
#define POINTERHOLDER_TRANSITION 4
#include <qpdf/QPDF.hh>
#include <qpdf/QPDFWriter.hh>
#include <stdexcept>

#ifdef __SANITIZE_ADDRESS__
/// Fontconfig's own data point at each other by offsets, which LeakSanitizer cannot follow: what is kept looks lost.
extern "C" const char* __lsan_default_suppressions() { return "leak:libfontconfig.so"; }
extern "C" const char* __lsan_default_options() { return "print_suppressions=0"; }
#endif

namespace hearback {

namespace {

template <class T>
using GObjectPointer = std::unique_ptr<T, decltype(&g_object_unref)>;

/// Liberation Sans, then Noto Sans for the other scripts that families in England read, and for signs.
std::vector<std::string> font_files() {
    const std::string fonts = "/usr/share/fonts/truetype/";
    std::vector<std::string> files{fonts + "liberation/LiberationSans-Regular.ttf", fonts + "liberation/LiberationSans-Bold.ttf",
                                   fonts + "noto/NotoSansSymbols2-Regular.ttf"};
    for (const char* script : {"Arabic", "Armenian", "Bengali", "Devanagari", "Ethiopic", "Georgian", "Gujarati", "Gurmukhi", "Hebrew",
                               "Malayalam", "Sinhala", "Tamil", "Telugu", "Thai"})
        for (const char* weight : {"Regular", "Bold"}) files.push_back(fonts + "noto/NotoSans" + script + '-' + weight + ".ttf");
    return files;
}

/// Made once and kept; never the machine's own configuration, which differs from one to the next.
FcConfig* fonts_of_letters() {
    static const auto fonts = [] {
        std::unique_ptr<FcConfig, decltype(&FcConfigDestroy)> config(FcConfigCreate(), FcConfigDestroy);
        for (const auto& file : font_files())
            if (!FcConfigAppFontAddFile(config.get(), reinterpret_cast<const FcChar8*>(file.c_str())))
                throw std::runtime_error("Letters cannot be set: " + file +
                                         " cannot be read. Install the packages fonts-liberation and fonts-noto-core.");
        return config;
    }();
    return fonts.get();
}

/// What Pango needs to set a line; its parts are not for several threads.
struct Case {
    GObjectPointer<PangoFontMap> map{our_fonts(), g_object_unref};
    GObjectPointer<PangoContext> left_to_right{context(map.get(), PANGO_DIRECTION_LTR), g_object_unref},
        right_to_left{context(map.get(), PANGO_DIRECTION_RTL), g_object_unref};

    static Case& mine() {
        static thread_local Case of_this_thread;
        return of_this_thread;
    }

  private:
    static PangoFontMap* our_fonts() {
        FcConfig* fonts = fonts_of_letters();
        PangoFontMap* made = pango_cairo_font_map_new_for_font_type(CAIRO_FONT_TYPE_FT);
        pango_fc_font_map_set_config(PANGO_FC_FONT_MAP(made), fonts);
        pango_cairo_font_map_set_resolution(PANGO_CAIRO_FONT_MAP(made), 72);
        return made;
    }

    static PangoContext* context(PangoFontMap* fonts, PangoDirection direction) {
        PangoContext* made = pango_font_map_create_context(fonts);
        pango_context_set_base_dir(made, direction);
        pango_context_set_language(made, pango_language_from_string("en-gb"));
        pango_context_set_round_glyph_positions(made, FALSE);
        cairo_font_options_t* options = cairo_font_options_create();
        cairo_font_options_set_hint_style(options, CAIRO_HINT_STYLE_NONE);
        cairo_font_options_set_hint_metrics(options, CAIRO_HINT_METRICS_OFF);
        pango_cairo_context_set_font_options(made, options);
        cairo_font_options_destroy(options);
        return made;
    }
};

struct Bold {
    std::size_t begin, end;
};

std::shared_ptr<PangoLayout> layout_of(std::string_view text, const std::vector<Bold>& bold, const Type& type,
                                       PangoContext* context) {
    const std::shared_ptr<PangoLayout> layout(pango_layout_new(context), g_object_unref);
    PangoFontDescription* font = pango_font_description_from_string("Liberation Sans");
    pango_font_description_set_absolute_size(font, type.size * PANGO_SCALE);
    pango_font_description_set_weight(font, type.bold ? PANGO_WEIGHT_BOLD : PANGO_WEIGHT_NORMAL);
    pango_layout_set_font_description(layout.get(), font);
    pango_font_description_free(font);
    PangoAttrList* attributes = pango_attr_list_new();
    pango_attr_list_insert(attributes, pango_attr_insert_hyphens_new(FALSE));  // never a hyphen that an address lacks
    for (const auto& [begin, end] : bold) {
        PangoAttribute* weight = pango_attr_weight_new(PANGO_WEIGHT_BOLD);
        weight->start_index = guint(begin);
        weight->end_index = guint(end);
        pango_attr_list_insert(attributes, weight);
    }
    pango_layout_set_attributes(layout.get(), attributes);
    pango_attr_list_unref(attributes);
    pango_layout_set_text(layout.get(), text.data(), int(text.size()));
    return layout;
}

std::string valid_utf8(std::string_view text) {
    const std::unique_ptr<char, decltype(&g_free)> valid(g_utf8_make_valid(text.data(), gssize(text.size())), g_free);
    return valid.get();
}

double width_of(PangoLayout* layout) {
    int width = 0;
    pango_layout_get_size(layout, &width, nullptr);
    return double(width) / PANGO_SCALE;
}

Line line_of(std::string_view text, const std::vector<Bold>& bold, const Type& type, bool right_to_left) {
    Case& ours = Case::mine();
    auto layout = layout_of(text, bold, type, (right_to_left ? ours.right_to_left : ours.left_to_right).get());
    pango_layout_set_auto_dir(layout.get(), FALSE);
    const double width = width_of(layout.get());
    return {std::move(layout), type, width, right_to_left};
}

/// What of `bold` lies between `begin` and `end`, counted from `begin`.
std::vector<Bold> part_of(const std::vector<Bold>& bold, std::size_t begin, std::size_t end) {
    std::vector<Bold> part;
    for (const auto& each : bold)
        if (each.begin < end && each.end > begin)
            part.push_back({std::max(each.begin, begin) - begin, std::min(each.end, end) - begin});
    return part;
}

void draw(cairo_t* canvas, const Page& page) {
    for (const auto& rule : page.rules) {
        cairo_rectangle(canvas, rule.left, rule.top, rule.width, rule.height);
        cairo_fill(canvas);
    }
    for (const auto& [line, left, top] : page.lines) {
        // The same place for every font, so that a word in another script does not push its line down.
        const double baseline = top + (line.type.leading + 0.72 * line.type.size) / 2;
        cairo_move_to(canvas, left, baseline);
        pango_cairo_show_layout_line(canvas, pango_layout_get_line_readonly(line.set.get(), 0));
    }
    cairo_show_page(canvas);
}

cairo_status_t append(void* bytes, const unsigned char* data, unsigned size) {
    static_cast<std::string*>(bytes)->append(reinterpret_cast<const char*>(data), size);
    return CAIRO_STATUS_SUCCESS;
}

std::string drawn(const std::vector<Page>& pages, const std::string& title, Date date) {
    std::string bytes;
    const std::unique_ptr<cairo_surface_t, decltype(&cairo_surface_destroy)> surface(
        cairo_pdf_surface_create_for_stream(append, &bytes, sheet_width, sheet_height), cairo_surface_destroy);
    cairo_pdf_surface_set_metadata(surface.get(), CAIRO_PDF_METADATA_TITLE, valid_utf8(title).c_str());
    cairo_pdf_surface_set_metadata(surface.get(), CAIRO_PDF_METADATA_CREATE_DATE, (to_iso(date) + "T00:00:00Z").c_str());
    const std::unique_ptr<cairo_t, decltype(&cairo_destroy)> canvas(cairo_create(surface.get()), cairo_destroy);
    for (const Page& page : pages) draw(canvas.get(), page);
    cairo_surface_finish(surface.get());
    for (const cairo_status_t status : {cairo_status(canvas.get()), cairo_surface_status(surface.get())})
        if (status != CAIRO_STATUS_SUCCESS)
            throw std::runtime_error(std::string("The letter could not be drawn: ") + cairo_status_to_string(status));
    return bytes;
}

}  // namespace

std::vector<Line> set_lines(const std::vector<Span>& words, Type type, double width) {
    std::string text;
    std::vector<Bold> bold;
    for (const Span& span : words) {
        const std::size_t begin = text.size();
        text += valid_utf8(span.text);
        if (span.bold) bold.push_back({begin, text.size()});
    }
    const auto paragraph = layout_of(text, bold, type, Case::mine().left_to_right.get());
    pango_layout_set_width(paragraph.get(), int(width * PANGO_SCALE));
    pango_layout_set_wrap(paragraph.get(), PANGO_WRAP_WORD_CHAR);
    // Each line is set again by itself with its last space, which in a broken paragraph would come out as a span
    // without a glyph: who has the PDF read to them would hear two words as one.
    std::vector<Line> lines;
    for (GSList* each = pango_layout_get_lines_readonly(paragraph.get()); each; each = each->next) {
        const auto* line = static_cast<const PangoLayoutLine*>(each->data);
        const auto begin = std::size_t(line->start_index), end = begin + std::size_t(line->length);
        lines.push_back(line_of(std::string_view(text).substr(begin, end - begin), part_of(bold, begin, end), type,
                                line->resolved_dir == PANGO_DIRECTION_RTL));
    }
    return lines;
}

Line set_line(std::string_view text, Type type) {
    return line_of(valid_utf8(text), {}, type, false);
}

std::vector<std::string> without_a_letter(std::string_view text) {
    const auto missing = [](std::string_view part) {
        const auto layout = layout_of(part, {}, {10, 12}, Case::mine().left_to_right.get());
        return pango_layout_get_unknown_glyphs_count(layout.get()) > 0;
    };
    const std::string valid = valid_utf8(text);
    std::vector<std::string> found;
    if (!missing(valid)) return found;
    for (const char *at = valid.data(), *next = at; *at; at = next) {
        next = g_utf8_next_char(at);
        const std::string character(at, next);
        if (character.size() > 1 && std::find(found.begin(), found.end(), character) == found.end() && missing(character))
            found.push_back(character);
    }
    return found;
}

std::string pdf_of(const std::vector<Page>& pages, const std::string& title, Date date) {
    const std::string plain = drawn(pages, title, date);
    QPDF pdf;
    pdf.processMemoryFile("letter", plain.data(), plain.size());
    auto root = pdf.getRoot();
    root.replaceKey("/Lang", QPDFObjectHandle::newString("en-GB"));
    root.replaceKey("/ViewerPreferences", QPDFObjectHandle::parse("<< /DisplayDocTitle true >>"));
    QPDFWriter writer(pdf);
    writer.setOutputMemory();
    writer.setDeterministicID(true);
    writer.write();
    const auto bytes = writer.getBufferSharedPointer();
    return std::string(reinterpret_cast<const char*>(bytes->getBuffer()), bytes->getSize());
}

}  // namespace hearback
