// What the alert rules look at, read from the book in one transaction.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "domain/alerts/observed.h"
#include "domain/base/ids.h"
#include "ports/database.h"

namespace tallyman::book {

// Switch, runs and read_until of one workflow; a switch that nobody knows counts as off. It counts
// as enabled since its first run: partner, set-up, when it was switched and its schedule are the
// asker's to add.
alerts::WorkflowSeen see_workflow(ports::Tx& tx, AccountId account, std::string_view workflow,
                                  std::int64_t runs);

// What the newest run that told said about our credentials; none: no run told. `kinds`: how a run
// spells the two refusals.
struct RefusalKinds {
  std::string_view unauthorized;
  std::string_view forbidden;
};
struct KeyWord {
  std::string credential;  // the fingerprint of the key
  std::string refusal;     // its kind; empty: it was taken
};
std::optional<KeyWord> last_word(ports::Tx& tx, AccountId account, std::string_view workflow,
                                 const RefusalKinds& kinds);
// The same of one key.
std::optional<KeyWord> last_word_on(ports::Tx& tx, AccountId account, std::string_view workflow,
                                    std::string_view credential, const RefusalKinds& kinds);

std::vector<alerts::QuarantineSeen> see_quarantine(ports::Tx& tx, AccountId account);
std::vector<alerts::DeadJobs> see_dead_jobs(ports::Tx& tx);
std::vector<alerts::BreakerSeen> see_breakers(ports::Tx& tx);
// All but shipped and cancelled.
std::vector<alerts::StatusSeen> see_statuses(ports::Tx& tx, AccountId account);

struct NodesSeen {
  std::vector<alerts::NodeSeen> nodes;  // that did not say that they stop
  // Since when at least one of those heard of within `fresh` has been there.
  std::optional<Instant> watched_since;
};
NodesSeen see_nodes(ports::Tx& tx, Micros fresh);

}  // namespace tallyman::book
