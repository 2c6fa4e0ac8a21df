// One kind of log that the conformance suite is run against, and what may happen to it.
#pragma once

#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <vector>

#include "log/log.hpp"
#include "log/temp_folder.hpp"

namespace hearback {

/// A log that is empty at first. Each `open` gives another hold on the same log.
class World {
  public:
    virtual ~World() = default;
    virtual std::unique_ptr<Log> open() = 0;
    /// The records at and behind `end` are lost, as by a power cut without a sync.
    virtual void lose_tail(Topic, Offset end) = 0;
    /// The records before `begin` have expired.
    virtual void expire(Topic, Offset begin) = 0;
    /// What the program `log_clerk` needs to open the same log.
    virtual std::vector<std::string> arguments() const = 0;
    virtual std::string authority() const = 0;
};

std::unique_ptr<World> make_sqlite_world();
/// All of them share one broker; each has its own authority.
std::unique_ptr<World> make_kafka_world();

using MakeWorld = std::unique_ptr<World> (*)();

/// A suite whose tests run against every kind of log.
class EveryLog : public testing::TestWithParam<MakeWorld> {
  protected:
    std::unique_ptr<World> world = GetParam()();
    std::unique_ptr<Log> log = world->open();
};

Record small_record(const std::string& value);
Offset append(Log&, Topic, const Record&);
/// Everything from `from` on, as far as it is there.
std::vector<Stored> read_all(Log&, Topic, Offset from = 0);
Blob make_blob(std::string bytes);

/// The kind of the LogError that `act` throws; fails the test when it throws nothing.
template <class Act>
LogError::Kind error_of(const Act& act, std::string* words = nullptr) {
    try {
        act();
    } catch (const LogError& error) {
        if (words) *words = error.what();
        return error.kind();
    }
    ADD_FAILURE() << "no LogError was thrown";
    return {};
}

}  // namespace hearback
