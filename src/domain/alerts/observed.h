// What the alert rules are given: the state of the installation as it was seen at one moment. Pure
// data; who reads it from the book is workflows/alert_check's business.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "domain/base/ids.h"
#include "domain/base/time.h"

namespace tallyman::alerts {

struct RunSeen {
  RunId id;
  Instant started;
  std::optional<Instant> finished{};  // none: it runs
  std::string outcome{};              // "ok", "partial", "failed"; never "skipped"
  std::string failure{};              // kind of the partner's failure, empty when it was none
  std::string message{};              // for people
};

struct WorkflowSeen {
  std::string name;
  std::string partner{};  // "shipstation"; empty: none
  bool enabled = false;
  bool set_up = true;  // its partner has credentials
  // When its switch was moved last, or it was first heard of; none: nobody knows.
  std::optional<Instant> enabled_since{};
  bool reads = false;  // it has a read_until that must move
  std::optional<Instant> read_until{};
  std::vector<RunSeen> runs{};  // newest first; at least as many as Limits::failures ended ones
  // A run must have begun by then, by its schedule and what Limits tolerate; none: not scheduled.
  std::optional<Instant> due_by{};
};

enum class Credentials { none, incomplete, complete };

// One key of a partner, as the living nodes have it.
struct KeySeen {
  std::string fingerprint;           // tells keys apart without telling them
  std::vector<std::string> nodes{};  // that have it, for people; ascending
  // The last run that told whether the partner takes it: the kind of refusal, empty when it was
  // taken; none: no run told.
  std::optional<std::string> refusal{};
};

// All that the living nodes have set up of a partner, together: whichever of them judges comes to
// the same.
struct PartnerSeen {
  std::string name;                             // "shipstation"
  std::string title;                            // "ShipStation"
  Credentials credentials = Credentials::none;  // the best that a node has
  std::vector<std::string> half_set{};          // nodes that have one half of them, ascending
  std::vector<KeySeen> keys{};                  // complete ones, by fingerprint
  bool was_read = false;                        // the book holds what it said: it was set up once
};

struct QuarantineSeen {
  std::string entity;  // "order", "shipment", "hole"
  std::int64_t open = 0;
  Instant oldest{};
  std::int64_t newest_row = 0;  // ever quarantined, cured ones included
};

struct DeadJobs {
  std::string kind;  // "send-mail"
  std::int64_t count = 0;
  JobId newest{};
  std::string message{};  // of the newest
};

struct NodeSeen {
  std::string id;
  std::string name;  // "web1, process 4711"
  Instant heartbeat{};
  bool replaced = false;  // the same machine has a younger node that lives
};

struct BreakerSeen {
  std::string partner;
  Instant opened{};
  std::string reason{};
};

struct StatusSeen {
  std::string word;
  std::int64_t orders = 0;
};

struct DiskSeen {
  std::string what;  // "the order book"
  std::uint64_t free_bytes = 0;
};

struct Observed {
  Instant now{};
  // Since when some node has been looking without a break; none: nobody looks, or nobody knows.
  // A program that has just started gives its first runs a moment.
  std::optional<Instant> watched_since{};
  std::vector<WorkflowSeen> workflows{};
  std::vector<PartnerSeen> partners{};
  std::vector<QuarantineSeen> quarantine{};
  std::vector<DeadJobs> dead_jobs{};
  std::vector<NodeSeen> nodes{};        // neither stopped nor known to be gone
  std::vector<BreakerSeen> breakers{};  // not closed
  std::vector<StatusSeen> statuses{};
  std::optional<DiskSeen> disk{};
};

}  // namespace tallyman::alerts
