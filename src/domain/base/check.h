// check(): our own mistakes stop the program, in every build. Not for bad input (see result.h).
#pragma once

#include <source_location>
#include <string_view>

namespace tallyman {

[[noreturn]] void check_failed(std::string_view what, const std::source_location& where);

inline void check(bool holds, std::string_view what,
                  const std::source_location& where = std::source_location::current()) {
  if (!holds) check_failed(what, where);
}

}  // namespace tallyman
