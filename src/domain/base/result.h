// Expected failures as values: bad input becomes a Problem with a message for a person.
// Failures that end a job are exceptions; our own mistakes are check() (see check.h).
#pragma once

#include <string>
#include <utility>

#include <tl/expected.hpp>

namespace tallyman {

// What is wrong, in words a person can act on. Never holds a secret or an address.
struct Problem {
  std::string what;
  friend bool operator==(const Problem&, const Problem&) = default;
};

template <class T>
using Result = tl::expected<T, Problem>;

inline tl::unexpected<Problem> problem(std::string what) {
  return tl::unexpected<Problem>(Problem{std::move(what)});
}

}  // namespace tallyman
