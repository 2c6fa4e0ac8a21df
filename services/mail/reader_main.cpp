// hearback-reader: raw mails in on standard input, what they say out on standard output, each behind its length (8
// bytes, this machine's order). It has no other way to the world: limits are set before the first mail is read, and it
// ends when its input does. Arguments: seconds of processor time for one mail, bytes of address space (0: no limit).
#include <malloc.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <unistd.h>

#include <csignal>
#include <cstdint>
#include <cstdlib>
#include <string>

#include "mail/mail_frame.hpp"
#include "mail/read_mail.hpp"

namespace {

bool read_all(char* to, std::size_t size) {
    while (size > 0) {
        const auto got = ::read(STDIN_FILENO, to, size);
        if (got <= 0) return false;
        to += got;
        size -= std::size_t(got);
    }
    return true;
}

bool write_all(std::string_view bytes) {
    while (!bytes.empty()) {
        const auto put = ::write(STDOUT_FILENO, bytes.data(), bytes.size());
        if (put <= 0) return false;
        bytes.remove_prefix(std::size_t(put));
    }
    return true;
}

void limit(int what, rlim_t most) {
    const rlimit value{most, most};
    setrlimit(__rlimit_resource(what), &value);
}

/// RLIMIT_CPU counts a process's whole life, so the soft limit moves on before each mail.
void allow_one_mail(rlim_t seconds) {
    rusage used{};
    getrusage(RUSAGE_SELF, &used);
    const rlimit value{rlim_t(used.ru_utime.tv_sec + used.ru_stime.tv_sec) + seconds + 1, RLIM_INFINITY};
    setrlimit(RLIMIT_CPU, &value);
}

}  // namespace

int main(int count, char** arguments) {
    const rlim_t cpu_seconds = count > 1 ? std::strtoul(arguments[1], nullptr, 10) : 4;
    const rlim_t address_space = count > 2 ? std::strtoull(arguments[2], nullptr, 10) : 0;
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    prctl(PR_SET_DUMPABLE, 0);
    hearback::read_mail("Subject: warm\r\n\r\n");  // what the libraries open once, they open now
    limit(RLIMIT_CORE, 0);
    limit(RLIMIT_NOFILE, 0);
    limit(RLIMIT_FSIZE, 0);
    if (address_space > 0) limit(RLIMIT_AS, address_space);

    mallopt(M_MMAP_THRESHOLD, 1 << 20);  // what a large mail took is given back, whatever came before

    std::string raw, answer;
    std::uint64_t size = 0;
    while (read_all(reinterpret_cast<char*>(&size), sizeof size)) {
        allow_one_mail(cpu_seconds);
        raw.resize(size);
        if (!read_all(raw.data(), size)) break;
        const auto frame = hearback::to_frame(hearback::read_mail(raw));
        const std::uint64_t length = frame.size();
        answer.assign(reinterpret_cast<const char*>(&length), sizeof length);
        if (!write_all(answer.append(frame))) break;
        if (raw.capacity() > (1u << 20)) std::string().swap(raw);
    }
    return 0;
}
