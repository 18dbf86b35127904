// Values that must not reach a log: Secret (keys) and Pii (names, addresses). Neither can be
// printed or compared by accident; reveal() is what a reviewer looks for.
#pragma once

#include <string>
#include <utility>

namespace tallyman {

class Secret {
 public:
  Secret() = default;
  explicit Secret(std::string value) : value_(std::move(value)) {}
  const std::string& reveal() const { return value_; }
  bool is_set() const { return !value_.empty(); }

 private:
  std::string value_;
};

template <class T>
class Pii {
 public:
  Pii() = default;
  explicit Pii(T value) : value_(std::move(value)) {}
  const T& reveal() const { return value_; }
  friend bool operator==(const Pii&, const Pii&) = default;

 private:
  T value_{};
};

}  // namespace tallyman
