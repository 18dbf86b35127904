// What needs a person, kind by kind, those that wait longest first. Each list holds at most
// `limit`.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "domain/base/ids.h"
#include "domain/base/time.h"
#include "ports/database.h"

namespace tallyman::book {

struct AlertWaiting {
  std::string rule;
  std::string subject;
  std::string severity;
  std::string title;
  std::string detail;
  std::string evidence;  // path of a page; may be empty
  Instant opened;
};
// Open and not snoozed, without those about quarantine and breakers: see these below.
std::vector<AlertWaiting> alerts_waiting(ports::Tx& tx, std::int64_t limit);
std::int64_t count_alerts_waiting(ports::Tx& tx);

struct CaseWaiting {
  std::string kind;
  std::string order_number;
  std::string evidence;
  Instant opened;
};
std::vector<CaseWaiting> cases_waiting(ports::Tx& tx, AccountId account, std::int64_t limit);

struct QuarantineWaiting {
  std::string entity;
  std::string key;
  std::optional<std::string> number;
  std::string problem;
  Instant first_seen;
};
std::vector<QuarantineWaiting> quarantine_waiting(ports::Tx& tx, AccountId account,
                                                  std::int64_t limit);

std::vector<std::string> workflow_names(ports::Tx& tx);

}  // namespace tallyman::book
