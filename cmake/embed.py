"""embed.py NAME FOLDER OUT FILE...: writes OUT.hpp and OUT.cpp, so that the program carries these files inside itself.

hearback::embedded::NAME() lists them as {path below FOLDER, text}.
"""
import os
import sys

name, folder, out, *files = sys.argv[1:]


def literal(text, size=8000):
    chunks = [text[at:at + size] for at in range(0, len(text), size)] or [""]
    return "\n".join('R"embed(%s)embed"' % chunk for chunk in chunks)


def write(path, text):
    with open(path, "w", encoding="utf-8") as file:
        file.write(text)


write(out + ".hpp", f"""// Files that the program carries inside itself; written at build.
#pragma once

#include <span>

#include "kernel/embedded.hpp"

namespace hearback::embedded {{

std::span<const EmbeddedFile> {name}();

}}  // namespace hearback::embedded
""")
rows = []
for path in files:
    with open(path, encoding="utf-8") as file:
        text = file.read()
    rows.append('{"%s",\nstd::string_view(%s, %d)},' % (os.path.relpath(path, folder), literal(text), len(text.encode())))
write(out + ".cpp", f"""#include "embedded/{name}.hpp"

namespace hearback::embedded {{

std::span<const EmbeddedFile> {name}() {{
    static constexpr EmbeddedFile files[] = {{{chr(10).join(rows)}}};
    return files;
}}

}}  // namespace hearback::embedded
""")
