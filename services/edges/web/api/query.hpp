// An address's parameters, held against what may be asked: a name that is misspelt would else ask for everything.
#pragma once

#include <initializer_list>
#include <string_view>
#include <vector>

#include "edges/web/api/problem.hpp"

namespace hearback {

class Query {
  public:
    explicit Query(const Request& asked) : asked_(asked) {}

    Query& text(std::string_view name);
    Query& yes(std::string_view name);      ///< true or false
    Query& date(std::string_view name);     ///< 2027-02-11
    Query& instant(std::string_view name);  ///< RFC 3339
    Query& number(std::string_view name, int least, int most);
    Query& one_of(std::string_view name, std::initializer_list<std::string_view> words);
    /// What was asked otherwise, and what nobody knows.
    std::vector<Fault> faults() const;

  private:
    /// Names a parameter; the words are said when it is there and does not fit.
    template <class Fits>
    Query& expect(std::string_view name, Fits, std::string words);
    const Request& asked_;
    std::vector<std::string_view> known_;
    std::vector<Fault> faults_;
};

}  // namespace hearback
