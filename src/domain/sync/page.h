// One request of a pass and its answer, reduced to what reading needs: ids and stamps.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>

#include "domain/base/time.h"

namespace tallyman::sync {

// What a request is for. `page`: try it as often as any (see retry.h). `probe`: try it once, a
// refusal is expected. `recount`: only the total matters.
enum class AskFor { page, probe, recount };

// Bounds have second precision and are already widened, so that it does not matter whether the
// server includes them. Sorted ascending by the sort key.
struct Ask {
  std::optional<Instant> from{};
  std::optional<Instant> to{};
  int page = 1;
  int page_size = 500;
  AskFor purpose = AskFor::page;
  friend bool operator==(const Ask&, const Ask&) = default;
};

// A row as listed. A row that cannot be read may lack id and stamp; then `fingerprint` (any hash of
// its bytes, 0 = none) tells it from others. Of a row with id, a changed fingerprint under the same
// stamp counts as a newer version.
struct RowFact {
  std::optional<std::int64_t> id{};
  std::optional<Instant> stamp{};
  std::uint64_t fingerprint = 0;
  friend bool operator==(const RowFact&, const RowFact&) = default;
};

struct Answer {
  std::span<const RowFact> rows{};  // in the order of the page
  std::int64_t total = 0;           // of the whole query
  std::optional<Instant> served_at{};
  std::size_t dropped = 0;  // null elements of the page that `rows` leaves out
};

// The last row that has a stamp.
std::optional<RowFact> last_stamped(std::span<const RowFact> rows);

// A row of the page that this pass has not handed over yet.
enum class Novelty {
  first,  // its id is new to this pass
  newer,  // replaces what was handed over under the same id
};

struct Kept {
  std::size_t index = 0;  // into Answer::rows
  Novelty novelty = Novelty::first;
  friend bool operator==(const Kept&, const Kept&) = default;
};

}  // namespace tallyman::sync
