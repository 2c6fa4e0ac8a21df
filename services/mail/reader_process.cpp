#include "mail/reader_process.hpp"

#include <fcntl.h>
#include <poll.h>
#include <spawn.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <csignal>
#include <cstring>

extern char** environ;

namespace hearback {
namespace {

/// An answer is smaller than this whatever the mail: its texts and part lists have limits of their own.
constexpr std::uint64_t answer_bytes_max = 64u << 20;
constexpr std::size_t first_piece_bytes = 64u << 10;

std::string program_of(const ReaderSettings& settings) {
    if (!settings.program.empty()) return settings.program.string();
    std::error_code error;
    return (std::filesystem::read_symlink("/proc/self/exe", error).parent_path() / "hearback-reader").string();
}

#if defined(__SANITIZE_ADDRESS__)
constexpr bool limits_address_space = false;
#else
constexpr bool limits_address_space = true;
#endif

/// Starts the program with `socket` as its input and output and nothing else open; 0 or an errno.
int spawn(const ReaderSettings& settings, int socket, pid_t& pid) {
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_adddup2(&actions, socket, STDIN_FILENO);
    posix_spawn_file_actions_adddup2(&actions, socket, STDOUT_FILENO);
    posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, "/dev/null", O_WRONLY, 0);
    posix_spawnattr_t attributes;
    posix_spawnattr_init(&attributes);
    posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF);
    sigset_t none, all;
    sigemptyset(&none);
    sigfillset(&all);
    posix_spawnattr_setsigmask(&attributes, &none);
    posix_spawnattr_setsigdefault(&attributes, &all);

    auto program = program_of(settings);
    auto cpu = std::to_string(settings.cpu_limit.count());
    auto space = std::to_string(limits_address_space ? settings.address_space : 0);
    char* arguments[] = {program.data(), cpu.data(), space.data(), nullptr};
    const int error = posix_spawn(&pid, program.c_str(), &actions, &attributes, arguments, environ);
    posix_spawnattr_destroy(&attributes);
    posix_spawn_file_actions_destroy(&actions);
    return error;
}

}  // namespace

ReaderProcess::ReaderProcess(const ReaderSettings& settings) {
    int ends[2];
    if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) != 0) {
        failure_ = std::string("the mail reader could not be started: ") + std::strerror(errno);
        return;
    }
    socket_ = ends[0];
    if (const int error = spawn(settings, ends[1], pid_); error != 0) {
        failure_ = std::string("the mail reader could not be started: ") + std::strerror(error);
        pid_ = -1;
    }
    ::close(ends[1]);
}

ReaderProcess::~ReaderProcess() {
    if (socket_ >= 0) ::close(socket_);
    if (pid_ <= 0) return;
    ::kill(pid_, SIGKILL);
    ::waitpid(pid_, nullptr, 0);
}

std::string ReaderProcess::ask(std::string_view raw, Deadline deadline) {
    if (!failure_.empty()) return {};
    const std::uint64_t size = raw.size();
    std::uint64_t length = 0;
    // Length and beginning leave together: a reader woken for eight bytes would only go back to sleep.
    std::string first(reinterpret_cast<const char*>(&size), sizeof size);
    first.append(raw.substr(0, first_piece_bytes));
    raw.remove_prefix(std::min(raw.size(), first_piece_bytes));
    if (!send(first, deadline) || !send(raw, deadline)) return {};
    if (!receive(reinterpret_cast<char*>(&length), sizeof length, deadline)) return {};
    if (length > answer_bytes_max) {
        fail("the mail reader gave an answer without end");
        return {};
    }
    std::string answer(length, '\0');
    if (!receive(answer.data(), length, deadline)) return {};
    return answer;
}

bool ReaderProcess::send(std::string_view bytes, const Deadline& deadline) {
    while (!bytes.empty()) {
        const auto sent = ::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL | MSG_DONTWAIT);
        if (sent > 0)
            bytes.remove_prefix(std::size_t(sent));
        else if (errno == EAGAIN || errno == EINTR) {
            if (!wait_for(POLLOUT, deadline)) return false;
        } else
            return fail(how_it_ended());
    }
    return true;
}

bool ReaderProcess::receive(char* to, std::size_t size, const Deadline& deadline) {
    while (size > 0) {
        const auto got = ::recv(socket_, to, size, MSG_DONTWAIT);
        if (got > 0) {
            to += got;
            size -= std::size_t(got);
        } else if (got < 0 && (errno == EAGAIN || errno == EINTR)) {
            if (!wait_for(POLLIN, deadline)) return false;
        } else
            return fail(how_it_ended());
    }
    return true;
}

bool ReaderProcess::wait_for(short events, const Deadline& deadline) {
    pollfd one{socket_, events, 0};
    const int ready = ::poll(&one, 1, int(deadline.left().count()));
    if (ready > 0 || (ready < 0 && errno == EINTR)) return true;
    return fail("reading it took too long");
}

bool ReaderProcess::fail(std::string why) {
    failure_ = std::move(why);
    return false;
}

std::string ReaderProcess::how_it_ended() {
    int status = 0;
    ::kill(pid_, SIGKILL);  // no effect on the status of one that has ended already
    const bool known = ::waitpid(pid_, &status, 0) == pid_;
    pid_ = -1;
    if (known && WIFSIGNALED(status) && WTERMSIG(status) == SIGXCPU) return "reading it took too much processor time";
    return "reading it ended the mail reader (out of memory, or a fault in a library)";
}

}  // namespace hearback
