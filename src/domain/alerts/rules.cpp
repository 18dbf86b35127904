#include "domain/alerts/rules.h"

#include <algorithm>
#include <array>

#include "domain/alerts/checks.h"

namespace tallyman::alerts {

namespace {

constexpr std::array kRules = {
    Rule{.key = "credentials_missing",
         .area = "credentials",
         .says = "A partner that was set up has no credentials any more, or only half of them.",
         .find = credentials_missing},
    Rule{.key = "credentials_refused",
         .area = "credentials",
         .says = "A partner refuses our credentials: those of all nodes, or of one.",
         .find = credentials_refused},
    Rule{.key = "read_until_unmoved",
         .area = "sync",
         .says = "read_until has not moved for 2 h although the workflow is on and set up.",
         .find = unmoved},
    Rule{.key = "schedule_missed",
         .area = "workflows",
         .says = "A scheduled workflow has not run for three intervals; a daily one for a day.",
         .find = schedules_missed},
    Rule{.key = "run_failed_repeatedly",
         .area = "workflows",
         .says = "The last three runs of a workflow failed.",
         .find = failed_repeatedly},
    Rule{.key = "run_too_long",
         .area = "workflows",
         .says = "A run takes, or the last one took, longer than 60 s.",
         .find = runs_too_long},
    Rule{.key = "quarantine_not_empty",
         .area = "quarantine",
         .says = "Something could not be applied and waits in quarantine.",
         .find = quarantine_not_empty},
    Rule{.key = "unknown_status",
         .area = "orders",
         .says = "An order has a status that this program does not know.",
         .find = unknown_statuses},
    Rule{.key = "breaker_open",
         .area = "partners",
         .says = "The breaker of a partner has been open for longer than 10 min.",
         .find = breakers_open},
    Rule{.key = "dead_jobs",
         .area = "jobs",
         .says = "Jobs gave up after all their attempts.",
         .find = dead_jobs},
    Rule{.key = "node_silent",
         .area = "nodes",
         .says = "A node has not been heard of for 2 min and did not say that it stops.",
         .find = nodes_silent},
    Rule{.key = "disk_low",
         .area = "disk",
         .says = "The disk of the order book has less than 1 GiB left.",
         .find = disk_low},
};

}  // namespace

std::span<const Rule> rules() { return kRules; }

const Rule* find_rule(std::string_view key) {
  const auto* rule = std::ranges::find(kRules, key, &Rule::key);
  return rule == kRules.end() ? nullptr : rule;
}

std::vector<Finding> findings(const Observed& observed, const Limits& limits) {
  std::vector<Finding> all;
  for (const auto& rule : kRules) {
    for (auto& finding : rule.find(observed, limits)) {
      finding.rule = rule.key;
      all.push_back(std::move(finding));
    }
  }
  return all;
}

}  // namespace tallyman::alerts
