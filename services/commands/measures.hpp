// Figures for Prometheus (text format 0.0.4), read at the moment when they are asked for. Never anything personal.
#pragma once

#include <string>

namespace hearback {

class Clerk;
class Follower;
class Mailer;
class Publisher;
class SmtpIn;
class ReaderPool;
class SearchIndex;

/// What there is to measure; a role that does not run here is null.
struct Measured {
    const Clerk* clerk = nullptr;
    const Follower* follower = nullptr;
    const SearchIndex* search = nullptr;
    const Mailer* mailer = nullptr;
    const Publisher* publisher = nullptr;
    const SmtpIn* smtp = nullptr;
    const ReaderPool* readers = nullptr;
};
std::string measures(const Measured&);

}  // namespace hearback
