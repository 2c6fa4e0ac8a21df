// What belongs to a person and may be erased: a value, or nothing any more.
// There is no stream operator and no formatter on purpose, so it cannot be logged by accident.
#pragma once

#include <optional>
#include <string>
#include <type_traits>
#include <utility>

namespace hearback {

template <class T>
class Personal {
  public:
    Personal() = default;  ///< an empty value, not an erased one
    Personal(T value) : value_(std::move(value)) {}
    Personal(const char* text)
        requires std::is_same_v<T, std::string>
        : value_(std::string(text)) {}

    static Personal erased() {
        Personal gone;
        gone.value_.reset();
        return gone;
    }

    bool is_erased() const { return !value_.has_value(); }
    /// The value, or an empty one when its key has been destroyed.
    const T& or_empty() const {
        static const T empty{};
        return value_ ? *value_ : empty;
    }
    T or_else(T instead) const { return value_ ? *value_ : std::move(instead); }
    const T* get() const { return value_ ? &*value_ : nullptr; }

    bool operator==(const Personal&) const = default;

  private:
    std::optional<T> value_ = T{};
};

}  // namespace hearback
