// Jobs: pieces of work that outlive the program that wrote them down. Enqueued in the caller's
// transaction, claimed in batches under a lease token, acknowledged under the same token.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "domain/base/ids.h"
#include "domain/base/time.h"
#include "domain/work/priority.h"
#include "ports/database.h"

namespace tallyman::book {

struct NewJob {
  AccountId account = kDefaultAccount;
  std::string kind{};                          // which handler: "shipstation-sync", "send-mail"
  std::string args = "{}";                     // JSON of the kind's own form
  std::optional<std::string> unique_key{};     // at most one live job has it
  std::optional<std::string> single_flight{};  // at most one running job has it
  work::Priority priority = work::Priority::sync;
  std::string asked_by{};                     // "schedule", "user:NAME", "token:NAME", "local:NAME"
  std::string why{};                          // for people: "every 5 minutes", "Sync now"
  std::optional<Instant> run_at{};            // not before; none: at once
  Micros timeout = std::chrono::minutes{10};  // of one attempt
  int max_attempts = 8;
  std::vector<JobId> needs{};  // waits until these are done; cancelled when one of them dies
};

struct Enqueued {
  JobId job;
  bool already = false;  // a live job had this unique_key: `job` is that one, nothing was added
};
Enqueued enqueue(ports::Tx& tx, const NewJob& job);

}  // namespace tallyman::book
