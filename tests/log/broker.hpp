// A real Apache Kafka broker of one node for tests, fresh, on free loopback ports below 32768.
#pragma once

#include <string>

#include "log/temp_folder.hpp"

namespace hearback {

class KafkaBroker {
  public:
    /// Fetches the jars when they are missing (build/kafka/libs), formats, starts, and returns when it answers. Throws
    /// std::runtime_error with the end of the broker's output.
    KafkaBroker();
    /// Ends it, by SIGTERM, and removes its folder.
    ~KafkaBroker();
    KafkaBroker(const KafkaBroker&) = delete;
    KafkaBroker& operator=(const KafkaBroker&) = delete;

    std::string bootstrap() const { return "127.0.0.1:" + std::to_string(port_); }

    void kill();     ///< kill -9
    void freeze();   ///< SIGSTOP: it keeps its connections and answers nothing
    void thaw();     ///< SIGCONT
    void stop();     ///< SIGTERM, and waits for its end
    void restart();  ///< starts it again on its port, after kill or stop
    /// The end of what the broker has printed, to be shown when a test fails.
    std::string output() const;

  private:
    void run(const std::string& command) const;
    void send(int signal) const;

    TempFolder folder_;
    int port_ = 0;
};

}  // namespace hearback
