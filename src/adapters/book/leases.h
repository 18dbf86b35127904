// Leases in sync_locks: one holder per name, with expiry, heartbeat and a fence that every
// committing transaction checks (design §4; facts/reliability.md A2).
#pragma once

#include <optional>
#include <string>

#include "domain/base/ids.h"
#include "domain/base/time.h"
#include "ports/database.h"

namespace tallyman::book {

struct Lease {
  std::string name;
  RunId run;
  std::int64_t token = 0;
};

struct LeaseHolder {
  std::string holder;  // "web1, process 4711", for people
  RunId run;
  Instant expires;
  std::string identity{};  // the whole of it: which process that is (timing::is_gone)
  std::int64_t token = 0;
};

// Takes the lease when it is free or expired. Otherwise no value: see find_lease for who has it.
// `holder` names the process; what follows " #" in it is not for people. `length` counts from
// Tx::now().
std::optional<Lease> take_lease(ports::Tx& tx, const std::string& name, const std::string& holder,
                                const RunId& run, Micros length);

// First statement of every fenced transaction; also the heartbeat. False: the lease is lost, roll
// back. Row-locks the lease until commit, so a takeover waits for us.
bool fence(ports::Tx& tx, const Lease& lease, Micros length);

void release(ports::Tx& tx, const Lease& lease);

// Who holds it now; no value when it is free or expired.
std::optional<LeaseHolder> find_lease(ports::Tx& tx, const std::string& name);

}  // namespace tallyman::book
