#include <algorithm>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "domain/alerts/checks.h"
#include "domain/alerts/words.h"
#include "domain/orders/status.h"

namespace tallyman::alerts {

namespace {

// The partner is read, by other nodes.
Finding half_set_beside_others(const PartnerSeen& partner) {
  return {.rule = {},
          .subject = partner.name,
          .severity = Severity::warning,
          .title = fmt::format("One of {}'s credentials is missing on {}", partner.title,
                               fmt::join(partner.half_set, " and ")),
          .detail = fmt::format("Other nodes have both and read {0}; this one cannot. Set key and "
                                "secret there, and start it again.",
                                partner.title),
          .evidence = "/settings",
          .facts = {{"credentials", "incomplete"}}};
}

}  // namespace

bool is_refused(const PartnerSeen& partner) {
  return !partner.keys.empty() && std::ranges::all_of(partner.keys, [](const KeySeen& key) {
    return !key.refusal.value_or("").empty();
  });
}

std::vector<Finding> credentials_missing(const Observed& observed, const Limits& /*limits*/) {
  std::vector<Finding> found;
  for (const auto& partner : observed.partners) {
    // Never set up is no alarm (requirements I2); half set up, or set up once, is.
    const bool half = !partner.half_set.empty();
    const bool gone = partner.credentials == Credentials::none && partner.was_read;
    if (!half && !gone) continue;
    if (half && partner.credentials == Credentials::complete) {
      found.push_back(half_set_beside_others(partner));
      continue;
    }
    found.push_back(
        {.rule = {},
         .subject = partner.name,
         .severity = Severity::critical,
         .title = half ? fmt::format("One of {}'s credentials is missing", partner.title)
                       : fmt::format("{}'s credentials are not set any more", partner.title),
         .detail =
             fmt::format("Nothing is read from {0} until they are there; the order book stays "
                         "as it was. Set key and secret where the program is started, and "
                         "start it again.",
                         partner.title),
         .evidence = "/settings",
         .facts = {{"credentials", half ? "incomplete" : "none"}}});
  }
  return found;
}

std::vector<Finding> credentials_refused(const Observed& observed, const Limits& /*limits*/) {
  std::vector<Finding> found;
  for (const auto& partner : observed.partners) {
    Finding finding{.rule = {},
                    .subject = partner.name,
                    .severity = Severity::critical,
                    .title = {},
                    .detail = {},
                    .evidence = "/settings",
                    .facts = {}};
    std::string refusal;
    std::vector<std::string> nodes;
    for (const auto& key : partner.keys) {
      if (key.refusal.value_or("").empty()) continue;
      refusal = *key.refusal;
      nodes.insert(nodes.end(), key.nodes.begin(), key.nodes.end());
      finding.facts.emplace_back("credentials", key.fingerprint);
      finding.facts.emplace_back("refusal", *key.refusal);
    }
    if (refusal.empty()) continue;
    if (is_refused(partner)) {
      finding.title = fmt::format("{} refuses our credentials", partner.title);
      finding.detail = fmt::format(
          "It answered: {}. The workflow was switched off; the order book "
          "stays as it was. Set the right credentials, then switch it on.",
          refusal);
    } else {
      finding.title =
          fmt::format("{} refuses the credentials of {}", partner.title, fmt::join(nodes, " and "));
      finding.detail = fmt::format(
          "It answered: {}. It takes those of other nodes, so the workflow goes on, but every run "
          "that comes to this node fails. Set the right credentials there and start it again.",
          refusal);
    }
    found.push_back(std::move(finding));
  }
  return found;
}

std::vector<Finding> breakers_open(const Observed& observed, const Limits& limits) {
  std::vector<Finding> found;
  for (const auto& breaker : observed.breakers) {
    const Micros length = observed.now - breaker.opened;
    if (length <= limits.open_breaker) continue;
    found.push_back(
        {.rule = {},
         .subject = breaker.partner,
         .severity = Severity::warning,
         .title = fmt::format("{} has not been asked for {}", breaker.partner, length_text(length)),
         .detail = fmt::format("Its breaker opened: {} It is probed from time to time "
                               "and closes by itself.",
                               one_line(breaker.reason, kQuoteBytes)),
         .evidence = "/sync",
         .facts = {}});
  }
  return found;
}

std::vector<Finding> quarantine_not_empty(const Observed& observed, const Limits& /*limits*/) {
  std::int64_t open = 0;
  std::int64_t newest = 0;
  Instant oldest = observed.now;
  std::vector<std::string> parts;
  for (const auto& seen : observed.quarantine) {
    if (seen.open == 0) continue;
    open += seen.open;
    newest = std::max(newest, seen.newest_row);
    oldest = std::min(oldest, seen.oldest);
    std::string noun = seen.entity;
    std::ranges::replace(noun, '_', ' ');
    parts.push_back(counted(seen.open, noun));
  }
  if (open == 0) return {};
  return {
      {.rule = {},
       .subject = "quarantine",
       .severity = Severity::warning,
       .title = fmt::format("{} in quarantine", fmt::join(parts, ", ")),
       .detail = fmt::format("Waiting for {} at the longest. Everything else was applied; these "
                             "are tried again in every run, and are counted as not proven until "
                             "they are cured.",
                             length_text(observed.now - oldest)),
       .evidence = "/orders?status=needs_attention",
       .facts = {{"newest", std::to_string(newest)}}}};
}

std::vector<Finding> unknown_statuses(const Observed& observed, const Limits& /*limits*/) {
  std::vector<Finding> found;
  for (const auto& seen : observed.statuses) {
    const bool is_known = orders::status_from_word(seen.word).known != orders::OrderStatus::other;
    if (is_known || seen.orders == 0) continue;
    const std::string shown = one_line(seen.word, kSubjectBytes);
    found.push_back(
        {.rule = {},
         .subject = shown,
         .severity = Severity::warning,
         .title = fmt::format("Unknown order status “{}”", shown),
         .detail = fmt::format("{} with it: kept as ShipStation said it, treated as open, and "
                               "blocking nobody. Tell the makers of tallyman what it means.",
                               counted(seen.orders, "order")),
         .evidence = "/orders",
         .facts = {}});
  }
  return found;
}

}  // namespace tallyman::alerts
