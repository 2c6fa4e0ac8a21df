#include "log/broker.hpp"

#include <arpa/inet.h>
#include <signal.h>
#include <sys/socket.h>
#include <unistd.h>

#include <chrono>
#include <cstdlib>
#include <fstream>
#include <sstream>
#include <stdexcept>

namespace hearback {

namespace {

bool is_free(int port) {
    const int trial = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(std::uint16_t(port));
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    const int yes = 1;
    setsockopt(trial, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
    const bool bound = bind(trial, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0;
    close(trial);
    return bound;
}

// Two test programs that begin at the same moment begin to look in different places.
int free_port_pair() {
    static int tried = 0;
    const auto now = std::chrono::steady_clock::now().time_since_epoch().count() / 1000;
    for (int i = 0; i < 1000; ++i) {
        const int port = 20000 + int((now + getpid() * 97 + ++tried * 131) % 5500) * 2;
        if (is_free(port) && is_free(port + 1)) return port;
    }
    throw std::runtime_error("no two free ports between 20000 and 31000");
}

std::string end_of(const std::string& path) {
    std::ifstream file(path);
    std::stringstream all;
    all << file.rdbuf();
    const std::string text = all.str();
    return text.size() > 4000 ? text.substr(text.size() - 4000) : text;
}

}  // namespace

KafkaBroker::KafkaBroker() : port_(free_port_pair()) { run("start"); }

KafkaBroker::~KafkaBroker() {
    try {
        stop();
    } catch (const std::exception&) {
    }
}

void KafkaBroker::kill() { run("kill"); }
void KafkaBroker::stop() { run("stop"); }
void KafkaBroker::restart() { run("start"); }
void KafkaBroker::freeze() { send(SIGSTOP); }
void KafkaBroker::thaw() { send(SIGCONT); }

std::string KafkaBroker::output() const { return end_of(folder_.path() + "/broker.log"); }

void KafkaBroker::run(const std::string& command) const {
    const std::string said = folder_.path() + "/script.log";
    std::ostringstream line;
    line << "'" << HEARBACK_SOURCE << "/infra/kafka/broker' " << command << " '" << folder_.path() << "'";
    if (command == "start") line << ' ' << port_;
    line << " > '" << said << "' 2>&1";
    if (std::system(line.str().c_str()) != 0)
        throw std::runtime_error("the broker did not " + command + ":\n" + end_of(said) + output());
}

void KafkaBroker::send(int signal) const {
    int pid = 0;
    std::ifstream(folder_.path() + "/pid") >> pid;
    if (pid > 1) ::kill(pid, signal);
}

}  // namespace hearback
