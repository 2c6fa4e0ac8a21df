// A child process of a test, killed when the test is over.
#pragma once

#include <sys/types.h>

#include <string>
#include <vector>

namespace hearback {

class Child {
  public:
    /// Runs log_clerk. Its standard output goes to `output` unless that is empty.
    explicit Child(const std::vector<std::string>& arguments, const std::string& output = "");
    ~Child();
    Child(Child&& other) noexcept;
    Child& operator=(Child&& other) noexcept;

    void send(int signal) const;
    void kill();
    bool running();                          ///< and takes note of its end
    int exit_code() const { return code_; }  ///< after its end; negative for a signal

  private:
    void end(int status);

    pid_t pid_ = 0;
    int code_ = 0;
};

}  // namespace hearback
