// The functions behind the table in rules.cpp, by what they look at. Private to alerts.
#pragma once

#include <vector>

#include "domain/alerts/finding.h"
#include "domain/alerts/limits.h"
#include "domain/alerts/observed.h"

namespace tallyman::alerts {

// Every key that we have of it, and there is one.
bool is_refused(const PartnerSeen& partner);

// run_checks.cpp: how the workflows run
std::vector<Finding> runs_too_long(const Observed& observed, const Limits& limits);
std::vector<Finding> unmoved(const Observed& observed, const Limits& limits);
std::vector<Finding> schedules_missed(const Observed& observed, const Limits& limits);
std::vector<Finding> failed_repeatedly(const Observed& observed, const Limits& limits);

// partner_checks.cpp: what the partners say
std::vector<Finding> credentials_missing(const Observed& observed, const Limits& limits);
std::vector<Finding> credentials_refused(const Observed& observed, const Limits& limits);
std::vector<Finding> breakers_open(const Observed& observed, const Limits& limits);
std::vector<Finding> quarantine_not_empty(const Observed& observed, const Limits& limits);
std::vector<Finding> unknown_statuses(const Observed& observed, const Limits& limits);

// house_checks.cpp: the program itself
std::vector<Finding> dead_jobs(const Observed& observed, const Limits& limits);
std::vector<Finding> nodes_silent(const Observed& observed, const Limits& limits);
std::vector<Finding> disk_low(const Observed& observed, const Limits& limits);

}  // namespace tallyman::alerts
