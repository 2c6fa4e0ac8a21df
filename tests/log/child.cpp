#include "log/child.hpp"

#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <stdexcept>
#include <utility>

namespace hearback {

Child::Child(const std::vector<std::string>& arguments, const std::string& output) {
    std::vector<char*> words = {const_cast<char*>(LOG_CLERK)};
    for (const auto& each : arguments) words.push_back(const_cast<char*>(each.c_str()));
    words.push_back(nullptr);
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    if (!output.empty())
        posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, output.c_str(), O_WRONLY | O_CREAT | O_APPEND, 0600);
    if (posix_spawn(&pid_, LOG_CLERK, &actions, nullptr, words.data(), environ) != 0)
        throw std::runtime_error("no log_clerk");
    posix_spawn_file_actions_destroy(&actions);
}

Child::~Child() { kill(); }
Child::Child(Child&& other) noexcept : pid_(std::exchange(other.pid_, 0)), code_(other.code_) {}

Child& Child::operator=(Child&& other) noexcept {
    std::swap(pid_, other.pid_);
    std::swap(code_, other.code_);
    return *this;
}

void Child::send(int signal) const {
    if (pid_) ::kill(pid_, signal);
}

void Child::kill() {
    if (!pid_) return;
    send(SIGCONT);
    send(SIGKILL);
    int status = 0;
    waitpid(pid_, &status, 0);
    end(status);
}

bool Child::running() {
    int status = 0;
    if (pid_ && waitpid(pid_, &status, WNOHANG) == pid_) end(status);
    return pid_ != 0;
}

void Child::end(int status) {
    pid_ = 0;
    code_ = WIFEXITED(status) ? WEXITSTATUS(status) : -WTERMSIG(status);
}

}  // namespace hearback
