// Runs a libFuzzer entry without libFuzzer: seeded mutations over the files of a folder. The same seed, the same bytes.
// Arguments: folder, [iterations, default 2000], [seconds, default 10], [seed]. With one file instead of a folder, runs
// it. Before an input is run it is written to <program>-input.bin, so that a crash leaves what caused it.
#include <algorithm>
#include <chrono>
#include <cstdint>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>
#include <random>
#include <string>
#include <vector>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

namespace {

using Random = std::mt19937_64;
constexpr std::size_t input_bytes_max = 200'000;

std::string read(const std::filesystem::path& file) {
    std::ifstream in(file, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

std::size_t below(Random& random, std::size_t limit) { return limit == 0 ? 0 : std::size_t(random() % limit); }

/// What hostile mail is made of; bytes alone would rarely find these.
const std::vector<std::string> phrases = {"\r\n",
                                          "\n",
                                          "\r",
                                          ".\r\n",
                                          "\r\n.\r\n",
                                          "\n.\n",
                                          "--b\r\n",
                                          "--b--\r\n",
                                          "=?utf-8?B?",
                                          "=?x?Q?",
                                          "?=",
                                          "=\r\n",
                                          "=",
                                          "<!--",
                                          "<script>",
                                          "<blockquote type=cite>",
                                          "&#x",
                                          "g:",
                                          ";",
                                          "\"",
                                          "\\",
                                          std::string(1, '\0'),
                                          "\xff\xfe",
                                          "\xe2\x80\xae",
                                          "Content-Type: multipart/mixed; boundary=b\r\n\r\n",
                                          "Content-Type: message/rfc822\r\n\r\n",
                                          "Content-Transfer-Encoding: base64\r\n",
                                          "Content-Type: text/html; charset=iso-2022-jp\r\n",
                                          "From: ",
                                          "On 1 May 2024, A <a@b.example> wrote:\n> ",
                                          "RCPT TO:<",
                                          "MAIL FROM:<>",
                                          "DATA\r\n",
                                          "STARTTLS\r\n",
                                          "RSET\r\n",
                                          " SIZE=99999999999999999999",
                                          "filename*0*=utf-8''%FF"};

void mutate(std::string& bytes, const std::vector<std::string>& seeds, Random& random) {
    const auto at = below(random, bytes.size() + 1);
    const auto length = std::min(below(random, 64), bytes.size() - at);
    switch (below(random, 7)) {
        case 0:
            bytes.erase(at, length);
            break;
        case 1:
            bytes.insert(at, phrases[below(random, phrases.size())]);
            break;
        case 2:
            bytes.insert(at, bytes.substr(at, length));
            break;
        case 3:
            if (at < bytes.size()) bytes[at] = char(random());
            break;
        case 4:
            bytes.resize(at);
            break;
        case 5: {
            const auto& other = seeds[below(random, seeds.size())];
            const auto from = below(random, other.size());
            bytes.insert(at, other.substr(from, below(random, 400)));
            break;
        }
        default: {
            std::string many;
            const auto& phrase = phrases[below(random, phrases.size())];
            for (auto n = below(random, 300); n > 0; --n) many += phrase;
            bytes.insert(at, many);
        }
    }
    if (bytes.size() > input_bytes_max) bytes.resize(input_bytes_max);
}

std::string input_file;

void run(const std::string& bytes) {
    std::ofstream(input_file, std::ios::binary) << bytes;
    LLVMFuzzerTestOneInput(reinterpret_cast<const std::uint8_t*>(bytes.data()), bytes.size());
}

}  // namespace

int main(int count, char** arguments) {
    if (count < 2) return std::cerr << "usage: " << arguments[0] << " FOLDER|FILE [ITERATIONS] [SECONDS] [SEED]\n", 2;
    input_file = std::filesystem::path(arguments[0]).filename().string() + "-input.bin";
    if (std::filesystem::is_regular_file(arguments[1])) return run(read(arguments[1])), 0;
    const auto iterations = count > 2 ? std::strtoull(arguments[2], nullptr, 10) : 2000;
    const std::chrono::seconds limit(count > 3 ? std::atoi(arguments[3]) : 10);
    const auto seed = count > 4 ? std::strtoull(arguments[4], nullptr, 10) : std::random_device{}();
    std::cout << "seed " << seed << std::endl;
    std::vector<std::filesystem::path> files;
    for (const auto& file : std::filesystem::directory_iterator(arguments[1])) files.push_back(file.path());
    std::sort(files.begin(), files.end());
    std::vector<std::string> seeds;
    for (const auto& file : files) seeds.push_back(read(file));
    if (seeds.empty()) return std::cerr << "no seeds in " << arguments[1] << '\n', 2;
    for (const auto& bytes : seeds) run(bytes);

    Random random(seed);
    const auto end = std::chrono::steady_clock::now() + limit;
    unsigned long long done = 0;
    for (; done < iterations && std::chrono::steady_clock::now() < end; ++done) {
        auto bytes = seeds[below(random, seeds.size())];
        for (auto n = 1 + below(random, 8); n > 0; --n) mutate(bytes, seeds, random);
        run(bytes);
    }
    std::cout << done << " inputs\n";
    std::filesystem::remove(input_file);
    return 0;
}
