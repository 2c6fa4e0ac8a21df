// One running hearback-reader: asked one mail at a time, ended when it is destroyed. For reader_pool alone.
#pragma once

#include <sys/types.h>

#include <string>
#include <string_view>

#include "mail/reader_pool.hpp"
#include "runtime/deadline.hpp"

namespace hearback {

class ReaderProcess {
  public:
    /// Never throws: a reader that could not be started is one that answers nothing (see `failure`).
    explicit ReaderProcess(const ReaderSettings&);
    ~ReaderProcess();
    ReaderProcess(const ReaderProcess&) = delete;
    ReaderProcess& operator=(const ReaderProcess&) = delete;

    /// The reader's answer; empty when it has none, then `failure` says why and this reader must be replaced.
    std::string ask(std::string_view raw, Deadline);
    const std::string& failure() const { return failure_; }

  private:
    bool send(std::string_view bytes, const Deadline&);
    bool receive(char* to, std::size_t size, const Deadline&);
    bool wait_for(short events, const Deadline&);
    bool fail(std::string why);
    std::string how_it_ended();

    pid_t pid_ = -1;
    int socket_ = -1;
    std::string failure_;
};

}  // namespace hearback
