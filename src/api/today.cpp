// /api/v1/today, kpis, budget, breakers: the numbers, and how much may be asked of whom.
#include "views/today.h"

#include <fmt/format.h>

#include <array>

#include "adapters/book/breakers.h"
#include "adapters/book/budget.h"
#include "adapters/book/numbers.h"
#include "api/handlers.h"
#include "api/json.h"
#include "api/problem.h"
#include "api/workflows.h"
#include "ports/statements.h"
#include "views/failure_words.h"

namespace tallyman::api {

namespace {

namespace json = boost::json;

constexpr std::int64_t kDays = 30;
constexpr std::int64_t kMostDays = 400;
constexpr int kWindowSeconds = 60;

constexpr std::array<std::string_view, 7> kWeekdays = {"Sunday",   "Monday", "Tuesday", "Wednesday",
                                                       "Thursday", "Friday", "Saturday"};

template <class Work>
auto reading(const Context& context, Work work) {
  return ports::transact(context.database, ports::TxMode::read, std::move(work));
}

json::value to_json(const std::optional<std::int64_t>& number) {
  return number ? json::value(*number) : json::value(nullptr);
}

json::value brief(const std::optional<book::Run>& run) {
  if (!run) return nullptr;
  json::value duration = nullptr;
  if (run->finished) {
    duration = std::chrono::duration_cast<std::chrono::milliseconds>(*run->finished - run->started)
                   .count();
  }
  return json::object{{"run_id", run->id.value},
                      {"outcome", run->outcome},
                      {"started_at", to_text(run->started)},
                      {"finished_at", api::to_json(run->finished)},
                      {"duration_ms", std::move(duration)},
                      {"message", views::plain_message(*run)},
                      {"technical", text_or_null(views::technical_message(*run))}};
}

json::object to_json(const views::Tile& tile) {
  json::array because;
  for (const auto& sentence : tile.because) because.push_back(json::value(sentence));
  json::object object{{"key", tile.key},
                      {"label", tile.label},
                      {"value", to_json(tile.value)},
                      {"unit", tile.unit},
                      {"second", to_json(tile.second)},
                      {"second_label", api::to_json(tile.second_label)},
                      {"difference", to_json(tile.difference)},
                      {"because", std::move(because)},
                      {"link", tile.link}};
  add_provenance(object, tile.provenance);
  return object;
}

json::object to_json(const views::Attention& item) {
  return {{"kind", item.kind},
          {"title", item.title},
          {"subject", item.subject},
          {"detail", item.detail},
          {"technical", text_or_null(item.technical)},
          {"since", to_text(item.since)},
          {"severity", views::word(item.severity)},
          {"link", item.link}};
}

json::value to_json(const std::optional<views::Cutoff>& cutoff) {
  if (!cutoff) return nullptr;
  return json::object{{"time", fmt::format("{:02}:{:02}", cutoff->time.hour, cutoff->time.minute)},
                      {"passed", cutoff->passed},
                      {"minutes_left", to_json(cutoff->minutes_left)}};
}

json::object to_json(const book::Kpis& kpis) {
  return {{"date", to_text(kpis.day)},
          {"orders_today", kpis.orders_today},
          {"orders_awaiting", kpis.orders_awaiting},
          {"units_to_ship", kpis.units_to_ship},
          {"shipments_sent", kpis.shipments_sent},
          {"units_shipped", kpis.units_shipped},
          {"orders_on_hold", kpis.orders_on_hold},
          {"pending_uploads", kpis.pending_uploads},
          {"quarantined", kpis.quarantined},
          {"open_cases", kpis.open_cases},
          {"runs_ok", kpis.runs_ok},
          {"runs_failed", kpis.runs_failed},
          {"requests", kpis.requests},
          {"system_status", kpis.system_status},
          {"as_of", api::to_json(kpis.as_of)},
          {"proven", kpis.proven},
          {"proof", kpis.proof}};
}

views::TodayRules rules_of(const Context& context, ports::Tx& tx) {
  views::TodayRules rules{.account = context.account,
                          .warehouse = context.warehouse,
                          .reading = reading_rules(context, tx),
                          .cutoff = std::nullopt,
                          .credential = context.status.credential,
                          .requests_per_minute = context.status.requests_per_minute};
  if (!context.cutoff) return rules;
  if (const auto text = context.cutoff(tx)) rules.cutoff = views::time_of_day_from(*text);
  return rules;
}

http_server::Response get_today(const Context& context, const Call&) {
  const auto today =
      reading(context, [&](ports::Tx& tx) { return views::today(tx, rules_of(context, tx)); });
  json::array tiles;
  for (const auto& tile : today.tiles) tiles.push_back(to_json(tile));
  json::array attention;
  for (const auto& item : today.attention) attention.push_back(to_json(item));
  const std::chrono::weekday weekday{today.date};
  json::object body{{"date", to_text(today.date)},
                    {"weekday", kWeekdays.at(weekday.c_encoding())},
                    {"zone", context.warehouse.name()},
                    {"cutoff", to_json(today.cutoff)},
                    {"tiles", std::move(tiles)},
                    {"attention", std::move(attention)},
                    {"attention_total", today.attention_total},
                    {"last_sync", brief(today.last_sync)}};
  add_provenance(body, today.provenance);
  return json_response(200, body);
}

http_server::Response list_kpis(const Context& context, const Call& call) {
  const auto days = number_in_query(call.request, "days", kDays, 1, kMostDays);
  json::array items;
  for (const auto& kpis : reading(context, [&](ports::Tx& tx) {
         const Day first = context.warehouse.day(tx.now()) - std::chrono::days{days - 1};
         return book::list_kpis(tx, context.account, first, days);
       })) {
    items.push_back(to_json(kpis));
  }
  return json_response(200, json::object{{"items", std::move(items)}, {"next_cursor", nullptr}});
}

http_server::Response get_budget(const Context& context, const Call&) {
  Instant now;
  const auto meter = reading(context, [&](ports::Tx& tx) {
    now = tx.now();
    return book::read_budget(tx, context.status.credential, context.status.requests_per_minute);
  });
  return json_response(200,
                       json::object{{"partner", "shipstation"},
                                    {"limit", meter.limit},
                                    {"used", meter.used},
                                    {"used_by_people", meter.used_by_people},
                                    {"people_floor", meter.shares.all - meter.shares.background},
                                    {"background_limit", meter.shares.background},
                                    {"window_seconds", kWindowSeconds},
                                    {"blocked_until", api::to_json(meter.blocked_until)},
                                    {"last_429_at", api::to_json(meter.last_throttled)},
                                    {"as_of", to_text(now)}});
}

http_server::Response list_breakers(const Context& context, const Call&) {
  json::array items;
  for (const auto& stored :
       reading(context, [](ports::Tx& tx) { return book::list_breakers(tx); })) {
    const bool closed = stored.breaker.state == work::BreakerState::closed;
    items.push_back(
        json::object{{"partner", stored.partner},
                     {"state", work::word(stored.breaker.state)},
                     {"failures", stored.breaker.failures},
                     {"reason", stored.reason},
                     {"opened_at", api::to_json(stored.opened)},
                     {"next_probe_at", closed ? json::value(nullptr)
                                              : json::value(to_text(stored.breaker.next_probe))}});
  }
  return json_response(200, json::object{{"items", std::move(items)}, {"next_cursor", nullptr}});
}

}  // namespace

std::span<const Route> today_routes() {
  static constexpr std::array kKpiQuery = {
      QueryRow{"days", "integer", "so many days up to today, at most 400; 30 when not given"}};
  static constexpr std::array kRoutes = {
      Route{.method = "GET",
            .pattern = "/api/v1/today",
            .operation = "getToday",
            .summary = "The numbers of today and what needs a person",
            .access = Access::viewer,
            .answer = get_today,
            .answers = "Today"},
      Route{.method = "GET",
            .pattern = "/api/v1/kpis",
            .operation = "listKpis",
            .summary = "The numbers of past days, newest first",
            .access = Access::viewer,
            .answer = list_kpis,
            .answers = "KpiPage",
            .query = kKpiQuery},
      Route{.method = "GET",
            .pattern = "/api/v1/budget",
            .operation = "getBudget",
            .summary = "Requests of the last minute against the limit",
            .access = Access::viewer,
            .answer = get_budget,
            .answers = "Budget"},
      Route{.method = "GET",
            .pattern = "/api/v1/breakers",
            .operation = "listBreakers",
            .summary = "Partners whose calls are, or were, paused after failures",
            .access = Access::viewer,
            .answer = list_breakers,
            .answers = "BreakerPage"},
  };
  return kRoutes;
}

}  // namespace tallyman::api
