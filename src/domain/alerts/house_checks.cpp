#include <fmt/format.h>

#include "domain/alerts/checks.h"
#include "domain/alerts/words.h"

namespace tallyman::alerts {

namespace {
constexpr std::string_view kCheckKind = "alert-check";
}

std::vector<Finding> dead_jobs(const Observed& observed, const Limits& /*limits*/) {
  std::vector<Finding> found;
  for (const auto& dead : observed.dead_jobs) {
    // That this is looked at now shows that the check itself works again.
    if (dead.count == 0 || dead.kind == kCheckKind) continue;
    found.push_back(
        {.rule = {},
         .subject = dead.kind,
         .severity = Severity::warning,
         .title = fmt::format("{} gave up: {}", counted(dead.count, "job"), dead.kind),
         .detail = fmt::format("Every attempt failed; the last said: {} Nothing more happens by "
                               "itself. Retry the job, or resolve this alert to leave it.",
                               one_line(dead.message, kQuoteBytes)),
         .evidence = fmt::format("/jobs/{}", dead.newest.value),
         .facts = {{"newest", std::to_string(dead.newest.value)}}});
  }
  return found;
}

std::vector<Finding> nodes_silent(const Observed& observed, const Limits& limits) {
  std::vector<Finding> found;
  for (const auto& node : observed.nodes) {
    const Micros silence = observed.now - node.heartbeat;
    if (node.replaced || silence <= limits.silent_node) continue;
    found.push_back(
        {.rule = {},
         .subject = node.id,
         .severity = Severity::warning,
         .title = fmt::format("{} has been silent for {}", node.name, length_text(silence)),
         .detail = "It did not say that it stops: killed, hanging, or cut off from the database. "
                   "The others have taken its work over. Start it again; if it is not meant to "
                   "come back, resolve this alert.",
         .evidence = "/jobs",
         .facts = {{"last heard", to_text(node.heartbeat)}}});
  }
  return found;
}

std::vector<Finding> disk_low(const Observed& observed, const Limits& limits) {
  if (!observed.disk || observed.disk->free_bytes >= limits.low_disk) return {};
  const bool full = observed.disk->free_bytes < limits.full_disk;
  return {{.rule = {},
           .subject = observed.disk->what,
           .severity = full ? Severity::critical : Severity::warning,
           .title = fmt::format("The disk of {} has {} MiB left", observed.disk->what,
                                observed.disk->free_bytes >> 20U),
           .detail = "When it is full, runs fail and nothing new is stored; what is there stays. "
                     "Make room, or move the book to a larger disk.",
           .evidence = "/settings",
           .facts = {}}};
}

}  // namespace tallyman::alerts
