#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "domain/alerts/checks.h"
#include "domain/alerts/words.h"

namespace tallyman::alerts {

namespace {

using namespace std::chrono_literals;

constexpr std::string_view kPage = "/sync";

// A long run that a person took note of is news again when it becomes a very long one.
constexpr std::array<Micros, 3> kSteps{5min, 30min, 2h};
constexpr Micros kCriticalRun = 30min;

std::string step_of(Micros length, Micros first) {
  Micros reached = first;
  for (const auto step : kSteps) {
    if (length > step) reached = step;
  }
  return std::to_string(reached.count());
}

// A program that has just come back gives its first runs a moment before it calls them missing.
bool has_settled(const Observed& observed, const Limits& limits) {
  return !observed.watched_since || observed.now - *observed.watched_since > limits.settle;
}

// The partner's credentials are an alert of their own: what follows from them is not another.
bool is_held_up(const Observed& observed, const WorkflowSeen& workflow) {
  const auto partner = std::ranges::find(observed.partners, workflow.partner, &PartnerSeen::name);
  return partner != observed.partners.end() &&
         (partner->credentials != Credentials::complete || is_refused(*partner));
}

bool is_expected(const WorkflowSeen& workflow) { return workflow.enabled && workflow.set_up; }

const RunSeen* last_ended(const WorkflowSeen& workflow) {
  const auto run = std::ranges::find_if(
      workflow.runs, [](const RunSeen& seen) { return seen.finished.has_value(); });
  return run == workflow.runs.end() ? nullptr : &*run;
}

bool is_running(const WorkflowSeen& workflow) {
  return !workflow.runs.empty() && !workflow.runs.front().finished;
}

Finding long_run(const WorkflowSeen& workflow, Micros length, std::string title, std::string detail,
                 const Limits& limits) {
  return {.rule = {},
          .subject = workflow.name,
          .severity = length > kCriticalRun ? Severity::critical : Severity::warning,
          .title = std::move(title),
          .detail = std::move(detail),
          .evidence = std::string(kPage),
          .facts = {{"longer than us", step_of(length, limits.long_run)}}};
}

}  // namespace

std::vector<Finding> runs_too_long(const Observed& observed, const Limits& limits) {
  std::vector<Finding> found;
  for (const auto& workflow : observed.workflows) {
    if (is_running(workflow)) {
      const Micros length = observed.now - workflow.runs.front().started;
      if (length > limits.long_run) {
        found.push_back(long_run(
            workflow, length,
            fmt::format("{} has been running for {}", workflow.name, length_text(length)),
            "Usually a run takes seconds. It goes on; nothing is lost. Look at its progress and "
            "its log.",
            limits));
        continue;
      }
    }
    const auto* run = last_ended(workflow);
    if (run == nullptr || *run->finished - run->started <= limits.long_run) continue;
    const Micros length = *run->finished - run->started;
    found.push_back(
        long_run(workflow, length,
                 fmt::format("The last run of {} took {}", workflow.name, length_text(length)),
                 "Usually a run takes seconds. The next short run closes this alert.", limits));
  }
  return found;
}

std::vector<Finding> unmoved(const Observed& observed, const Limits& limits) {
  std::vector<Finding> found;
  for (const auto& workflow : observed.workflows) {
    if (!workflow.reads || !is_expected(workflow) || !has_settled(observed, limits)) continue;
    const auto since = std::max(workflow.read_until, workflow.enabled_since);  // none is earliest
    if (!since) continue;
    const Micros age = observed.now - *since;
    if (age <= limits.unmoved) continue;
    found.push_back(
        {.rule = {},
         .subject = workflow.name,
         .severity = Severity::critical,
         .title =
             fmt::format("{} has read nothing to its end for {}", workflow.name, length_text(age)),
         .detail = "The order book stays as it was; nothing is lost, the next good run catches up. "
                   "The last runs say why they failed, or that there was none.",
         .evidence = std::string(kPage),
         .facts = {{"read until", workflow.read_until ? to_text(*workflow.read_until) : "never"}}});
  }
  return found;
}

std::vector<Finding> schedules_missed(const Observed& observed, const Limits& limits) {
  std::vector<Finding> found;
  for (const auto& workflow : observed.workflows) {
    if (!is_expected(workflow) || !workflow.due_by || is_running(workflow) ||
        is_held_up(observed, workflow) || !has_settled(observed, limits)) {
      continue;
    }
    if (observed.now <= *workflow.due_by) continue;
    const auto* last = last_ended(workflow);
    const std::string silence =
        last == nullptr ? "has never run"
                        : "has not run for " + length_text(observed.now - last->started);
    found.push_back(
        {.rule = {},
         .subject = workflow.name,
         .severity = Severity::critical,
         .title = fmt::format("{} {} although its schedule says so", workflow.name, silence),
         .detail =
             "Either no server runs, or its jobs do not come to their turn. Look at the nodes "
             "and at what is waiting; `tallyman doctor` says more.",
         .evidence = "/jobs",
         .facts = {{"last run", last == nullptr ? "never" : last->id.value}}});
  }
  return found;
}

std::vector<Finding> failed_repeatedly(const Observed& observed, const Limits& limits) {
  std::vector<Finding> found;
  for (const auto& workflow : observed.workflows) {
    if (!is_expected(workflow) || is_held_up(observed, workflow)) continue;
    std::size_t failed = 0;
    for (const auto& run : workflow.runs) {
      if (!run.finished) continue;
      if (run.outcome != "failed" || ++failed == limits.failures) break;
    }
    if (failed < limits.failures) continue;
    const auto* last = last_ended(workflow);
    found.push_back(
        {.rule = {},
         .subject = workflow.name,
         .severity = Severity::critical,
         .title = fmt::format("{} failed {} times in a row", workflow.name, limits.failures),
         .detail = fmt::format("The last time: {} The watermark was not moved and nothing is lost; "
                               "the schedule goes on trying.",
                               one_line(last->message, kQuoteBytes)),
         .evidence = std::string(kPage),
         .facts = {{"failure", last->failure}}});
  }
  return found;
}

}  // namespace tallyman::alerts
