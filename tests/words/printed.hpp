// A PDF read back by poppler's own programs, as a printer or a screen reader would.
#pragma once

#include <stdlib.h>
#include <unistd.h>

#include <cstdio>
#include <stdexcept>
#include <string>

namespace hearback {

/// What `command` writes when the PDF lies in the file "$PDF". Throws when it fails.
inline std::string output_of(const std::string& command, const std::string& pdf) {
    char path[] = "/tmp/hearback-letter-XXXXXX";
    const int file = mkstemp(path);
    const bool written = file >= 0 && write(file, pdf.data(), pdf.size()) == ssize_t(pdf.size());
    close(file);
    FILE* pipe = popen(("PDF=" + std::string(path) + "; " + command).c_str(), "r");
    std::string output;
    for (int c; pipe && (c = fgetc(pipe)) != EOF;) output += char(c);
    const bool ran = pipe && pclose(pipe) == 0;
    unlink(path);
    if (!written || !ran) throw std::runtime_error("failed: " + command);
    return output;
}

inline std::string printed_words(const std::string& pdf) { return output_of("pdftotext -layout \"$PDF\" -", pdf); }

}  // namespace hearback
