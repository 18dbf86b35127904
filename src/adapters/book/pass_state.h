// An unfinished pass as JSON text, for the checkpoints table; and holes as facts of quarantine
// rows.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "domain/base/result.h"
#include "domain/sync/disposition.h"
#include "domain/sync/hole.h"
#include "domain/sync/reader.h"

namespace tallyman::book {

// Where the reader stands and what its earlier slices came to.
struct PassState {
  sync::Checkpoint checkpoint;
  sync::Counts counts;
  std::int64_t imported = 0;
  std::int64_t updated = 0;
  std::int64_t newly_shipped = 0;
  std::int64_t reopened = 0;
  std::optional<Instant> newest_disposed;
  friend bool operator==(const PassState&, const PassState&) = default;
};

std::string to_json(const PassState& state);
// A damaged or older form is a problem: the pass then begins again at the watermark.
Result<PassState> pass_state_from_json(std::string_view text);

// Where in its list a row of quarantine stands: facts of rows that are read again with their list.
std::string stamp_facts(Instant stamp);
std::optional<Instant> stamp_from_facts(std::string_view facts);

std::string to_json(const sync::Hole& hole);
Result<sync::Hole> hole_from_json(std::string_view text);

}  // namespace tallyman::book
