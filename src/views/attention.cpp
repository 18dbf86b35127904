#include "views/attention.h"

#include <algorithm>
#include <string_view>
#include <tuple>
#include <utility>

#include <fmt/format.h>

#include "adapters/book/attention.h"
#include "adapters/book/breakers.h"
#include "adapters/book/controls.h"
#include "adapters/book/numbers.h"
#include "adapters/book/quarantine.h"
#include "adapters/book/runs.h"
#include "domain/orders/cases.h"
#include "views/failure_words.h"

namespace tallyman::views {

namespace {

constexpr std::int64_t kShown = 50;
constexpr std::string_view kSync = "shipstation-sync";
constexpr std::string_view kRefused =
    "The sync was switched off. Set the right key and secret, then switch it on again.";
constexpr std::string_view kOwnHand = "tallyman";  // as the program signs what it switches itself

Severity severity_from(std::string_view text) {
  if (text == word(Severity::critical)) return Severity::critical;
  return text == word(Severity::info) ? Severity::info : Severity::warning;
}

// Letters and digits stay, the rest is percent-encoded: order numbers may hold anything.
std::string order_link(std::string_view number) {
  std::string link = "/orders/";
  for (const char c : number) {
    const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                       c == '-' || c == '_' || c == '.';
    link += plain ? std::string(1, c) : fmt::format("%{:02X}", static_cast<unsigned char>(c));
  }
  return link;
}

std::string_view case_title(std::string_view kind) {
  for (std::size_t i = 0; i < orders::kCaseKinds; ++i) {
    const auto& words = orders::words(static_cast<orders::CaseKind>(i));
    if (words.key == kind) return words.title;
  }
  return kind;
}

class Collected {
 public:
  Collected(ports::Tx& tx, const ReadingRules& rules)
      : tx_(tx), rules_(rules), account_(rules.account) {}

  void alerts() {
    for (auto& alert : book::alerts_waiting(tx_, kShown)) {
      Attention item{.kind = "alert",
                     .title = std::move(alert.title),
                     .subject = std::move(alert.subject),
                     .detail = std::move(alert.detail),
                     .since = alert.opened,
                     .severity = severity_from(alert.severity),
                     .link = alert.evidence.empty() ? "/alerts" : alert.evidence};
      if (alert.rule == "run_failed_repeatedly") tell_plainly(item, item.subject);
      if (alert.rule == "credentials_refused") {
        told_.emplace_back(kSync);
        item.technical = std::exchange(item.detail, std::string(kRefused));
      }
      list_.items.push_back(std::move(item));
    }
    list_.total += book::count_alerts_waiting(tx_);
  }

  void breakers() {
    for (auto& stored : book::list_breakers(tx_)) {
      if (stored.breaker.state == work::BreakerState::closed) continue;
      add({.kind = "breaker",
           .title = "Calls are paused after failures",
           .subject = std::move(stored.partner),
           .detail = "It did not answer several times in a row. It is tried again by itself.",
           .technical = std::move(stored.reason),
           .since = stored.opened.value_or(tx_.now()),
           .severity = Severity::warning,
           .link = "/sync"});
    }
  }

  void runs() {
    for (const auto& name : book::workflow_names(tx_)) {
      const auto last = book::last_finished_run(tx_, account_, name);
      if (!last || last->outcome != book::word(book::Outcome::failed)) continue;
      if (is_told(name)) continue;
      const bool refused = last->failure == "credentials refused" || last->failure == "forbidden";
      add({.kind = "run",
           .title = "The last run failed",
           .subject = name,
           .detail = plain_message(*last),
           .technical = technical_message(*last),
           .since = last->finished.value_or(last->started),
           .severity = refused ? Severity::critical : Severity::warning,
           .link = name == "xml-import" ? "/imports" : "/sync"});
      told_.push_back(name);
    }
  }

  // A sync that nobody runs. What the program switched off itself is told by the failure above.
  void sync() {
    if (!rules_.is_set_up) {
      return add({.kind = "sync",
                  .title = "ShipStation is not set up",
                  .subject = {},
                  .detail = "Nothing is read from it until its key and secret are set.",
                  .since = tx_.now(),
                  .severity = Severity::warning,
                  .link = "/settings"});
    }
    if (book::is_enabled(tx_, kSync)) return;
    const auto controls = book::list_controls(tx_);
    const auto control = std::ranges::find(controls, kSync, &book::Control::workflow);
    const bool known = control != controls.end();
    if (known && control->changed_by == kOwnHand && is_told(kSync)) return;
    add({.kind = "sync",
         .title = "The sync is switched off",
         .subject = {},
         .detail = "Nothing new comes from ShipStation." +
                   (known && !control->reason.empty() ? " Reason: " + control->reason : ""),
         .since = known ? control->changed.value_or(tx_.now()) : tx_.now(),
         .severity = Severity::warning,
         .link = "/workflows"});
  }

  void cases() {
    for (auto& one : book::cases_waiting(tx_, account_, kShown)) {
      list_.items.push_back({.kind = "case",
                             .title = std::string(case_title(one.kind)),
                             .subject = one.order_number,
                             .detail = std::move(one.evidence),
                             .since = one.opened,
                             .severity = Severity::warning,
                             .link = order_link(one.order_number)});
    }
    list_.total += book::count_open_cases(tx_, account_);
  }

  void quarantine() {
    for (auto& row : book::quarantine_waiting(tx_, account_, kShown)) {
      const bool is_shops = row.entity == "shop_order";
      std::string link = is_shops ? "/imports" : "/sync";
      if (row.number && row.entity == "order") link = order_link(*row.number);
      list_.items.push_back(
          {.kind = "quarantine",
           .title = fmt::format("In quarantine: {}",
                                is_shops ? "order of the shop's file" : row.entity.c_str()),
           .subject = row.number.value_or(row.key),
           .detail = std::move(row.problem),
           .since = row.first_seen,
           .severity = Severity::warning,
           .link = std::move(link)});
    }
    list_.total += book::count_open_quarantine(tx_, account_);
  }

  AttentionList sorted() {
    std::ranges::stable_sort(list_.items, {}, [](const Attention& item) {
      return std::tuple(item.severity, item.since);
    });
    if (std::ssize(list_.items) > kShown) list_.items.resize(kShown);
    return std::move(list_);
  }

 private:
  bool is_told(std::string_view workflow) const {
    return std::ranges::find(told_, workflow) != told_.end();
  }

  // An alert about a run that failed: one sentence, what was quoted moves aside. The run is told
  // with that.
  void tell_plainly(Attention& item, std::string_view workflow) {
    told_.emplace_back(workflow);
    const auto last = book::last_finished_run(tx_, account_, workflow);
    if (!last || technical_message(*last).empty()) return;
    item.technical = std::exchange(item.detail, plain_message(*last));
  }

  void add(Attention item) {
    list_.items.push_back(std::move(item));
    ++list_.total;
  }

  ports::Tx& tx_;
  const ReadingRules& rules_;
  AccountId account_;
  AttentionList list_;
  std::vector<std::string> told_;  // workflows whose failures an alert tells
};

}  // namespace

std::string_view word(Severity severity) {
  switch (severity) {
    case Severity::critical: return "critical";
    case Severity::warning: return "warning";
    case Severity::info: return "info";
  }
  return "?";
}

AttentionList attention(ports::Tx& tx, const ReadingRules& rules) {
  Collected collected(tx, rules);
  collected.alerts();
  collected.breakers();
  collected.runs();
  collected.sync();
  collected.cases();
  collected.quarantine();
  return collected.sorted();
}

}  // namespace tallyman::views
