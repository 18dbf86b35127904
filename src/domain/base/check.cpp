#include "domain/base/check.h"

#include <cstdio>
#include <cstdlib>

namespace tallyman {

void check_failed(std::string_view what, const std::source_location& where) {
  std::fprintf(stderr, "tallyman: broken assumption: %.*s (%s:%u)\n", static_cast<int>(what.size()),
               what.data(), where.file_name(), where.line());
  std::abort();
}

}  // namespace tallyman
