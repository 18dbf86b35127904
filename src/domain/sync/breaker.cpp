#include "domain/sync/breaker.h"

#include <algorithm>

#include <fmt/format.h>

namespace tallyman::sync {

std::optional<std::string> systemic(const Quarantined& quarantined,
                                    const QuarantineLimits& limits) {
  std::int64_t rows = 0;
  for (const auto& [error_class, count] : quarantined.by_class) {
    rows += count;
    if (count > limits.of_one_class) {
      return fmt::format(
          "{} rows failed in the same way ({}): the source has changed, nothing was quarantined",
          count, error_class);
    }
  }
  const std::int64_t share = quarantined.batch * limits.percent / 100;
  if (rows <= std::max(limits.rows, share)) return std::nullopt;
  return fmt::format("{} of {} rows would go to quarantine, more than {}: nothing was quarantined",
                     rows, quarantined.batch, std::max(limits.rows, share));
}

}  // namespace tallyman::sync
