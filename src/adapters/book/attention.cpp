#include "adapters/book/attention.h"

#include "adapters/book/sql/attention.h"
#include "ports/statements.h"

namespace tallyman::book {

namespace {
constexpr std::int64_t kWorkflows = 200;
}

std::vector<AlertWaiting> alerts_waiting(ports::Tx& tx, std::int64_t limit) {
  std::vector<AlertWaiting> all;
  for (auto& row :
       ports::select<sql::ListAlertsNeedingAttention>(tx, {.now_us = tx.now(), .limit = limit})) {
    all.push_back({.rule = std::move(row.rule),
                   .subject = std::move(row.subject),
                   .severity = std::move(row.severity),
                   .title = std::move(row.title),
                   .detail = std::move(row.detail),
                   .evidence = std::move(row.evidence),
                   .opened = row.opened_us});
  }
  return all;
}

std::int64_t count_alerts_waiting(ports::Tx& tx) {
  return ports::select_one<sql::CountAlertsNeedingAttention>(tx, {.now_us = tx.now()})->alerts;
}

std::vector<CaseWaiting> cases_waiting(ports::Tx& tx, AccountId account, std::int64_t limit) {
  std::vector<CaseWaiting> all;
  for (auto& row :
       ports::select<sql::ListOpenCases>(tx, {.account_id = account.value, .limit = limit})) {
    all.push_back({.kind = std::move(row.kind),
                   .order_number = std::move(row.order_number),
                   .evidence = std::move(row.evidence),
                   .opened = row.opened_us});
  }
  return all;
}

std::vector<QuarantineWaiting> quarantine_waiting(ports::Tx& tx, AccountId account,
                                                  std::int64_t limit) {
  std::vector<QuarantineWaiting> all;
  for (auto& row : ports::select<sql::ListOldestQuarantine>(
           tx, {.account_id = account.value, .limit = limit})) {
    all.push_back({.entity = std::move(row.entity),
                   .key = std::move(row.entity_key),
                   .number = std::move(row.entity_number),
                   .problem = std::move(row.problem),
                   .first_seen = row.first_seen_us});
  }
  return all;
}

std::vector<std::string> workflow_names(ports::Tx& tx) {
  std::vector<std::string> all;
  for (auto& row : ports::select<sql::ListWorkflowNames>(tx, {.limit = kWorkflows})) {
    all.push_back(std::move(row.workflow_name));
  }
  return all;
}

}  // namespace tallyman::book
