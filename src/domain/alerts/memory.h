// The memory of alerts (docs/decisions/0009): a finding against what stands in the book about the
// same rule and subject. A person's resolution holds while the condition lasts and its facts stay;
// when the condition ends, so does the memory.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "domain/alerts/finding.h"
#include "domain/base/ids.h"
#include "domain/base/time.h"

namespace tallyman::alerts {

using AlertId = Id<struct AlertTag, std::int64_t>;  // alerts.alert_id

enum class State { open, resolved };

// A row that still counts: open, or resolved by a person while its condition lasted.
struct Standing {
  AlertId id;
  std::string rule;
  std::string subject;
  std::string fact_hash;
  State state = State::open;
  Severity severity = Severity::warning;
  std::optional<Instant> snoozed_until{};
};

enum class Step {
  open,     // new, or its facts changed since a person resolved it
  refresh,  // open already: seen again
  close,    // open, but no longer true
  forget,   // resolved by a person, and now no longer true: it may come back
};

struct Decision {
  Step step{};
  std::optional<std::size_t> finding{};  // index; open, refresh
  std::optional<AlertId> alert{};        // refresh, close, forget
  // refresh: the snooze is over, by its time or because the facts changed.
  bool wakes = false;
};

// In order of the findings, then of `standing`. A finding that a person resolved on these very
// facts leads to nothing.
std::vector<Decision> remember(std::span<const Finding> found, std::span<const Standing> standing,
                               Instant now);

}  // namespace tallyman::alerts
