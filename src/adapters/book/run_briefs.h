// Runs in a line each: for strips of the last ones, without their numbers.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "domain/base/ids.h"
#include "domain/base/time.h"
#include "ports/database.h"

namespace tallyman::book {

struct RunBrief {
  RunId id;
  std::string outcome;
  Instant started;
  std::optional<Instant> finished{};
  std::string message{};
};

// Newest first.
std::vector<RunBrief> list_run_briefs(ports::Tx& tx, std::string_view workflow, std::int64_t limit);

// None while it runs. A clock set back in between counts as no time.
std::optional<Micros> duration(const RunBrief& run);

}  // namespace tallyman::book
