// Tells a bad row from a bad source: when too much of a batch would be quarantined, the partner
// changed its format, and marching the watermark over it would lose everything.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>

namespace tallyman::sync {

struct QuarantineLimits {
  std::int64_t rows = 20;           // always tolerated
  std::int64_t percent = 5;         // of the batch
  std::int64_t of_one_class = 100;  // rows with the same class of error
};

struct Quarantined {
  std::int64_t batch = 0;                        // rows received
  std::map<std::string, std::int64_t> by_class;  // class of error -> rows
};

// The reason why the pass must fail and nothing be quarantined; none when the rows are to blame.
std::optional<std::string> systemic(const Quarantined& quarantined,
                                    const QuarantineLimits& limits = {});

}  // namespace tallyman::sync
