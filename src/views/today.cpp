#include "views/today.h"

#include "domain/base/whole_number.h"
#include "views/attention.h"

namespace tallyman::views {

namespace {

constexpr std::string_view kSync = "shipstation-sync";

std::optional<Cutoff> cutoff_of(Instant now, const TodayRules& rules) {
  if (!rules.cutoff) return std::nullopt;
  const LocalTime at = LocalTime{rules.warehouse.day(now)} +
                       std::chrono::hours{rules.cutoff->hour} +
                       std::chrono::minutes{rules.cutoff->minute};
  const Micros left = rules.warehouse.earliest(at) - now;
  Cutoff cutoff{.time = *rules.cutoff, .passed = left <= Micros{0}, .minutes_left = std::nullopt};
  if (!cutoff.passed) cutoff.minutes_left = std::chrono::ceil<std::chrono::minutes>(left).count();
  return cutoff;
}

}  // namespace

std::optional<TimeOfDay> time_of_day_from(std::string_view text) {
  const auto colon = text.find(':');
  if (colon == std::string_view::npos) return std::nullopt;
  const auto hour = whole_number(text.substr(0, colon));
  const auto minute = whole_number(text.substr(colon + 1));
  if (!hour || !minute || *hour < 0 || *hour > 23 || *minute < 0 || *minute > 59) {
    return std::nullopt;
  }
  return TimeOfDay{.hour = static_cast<int>(*hour), .minute = static_cast<int>(*minute)};
}

Today today(ports::Tx& tx, const TodayRules& rules) {
  auto waiting = attention(tx, rules.reading);
  const auto synced = provenance(tx, rules.reading);
  Today answer{.date = rules.warehouse.day(tx.now()),
               .cutoff = cutoff_of(tx.now(), rules),
               .provenance = synced,
               .tiles = today_tiles(tx, rules, synced),
               .attention = std::move(waiting.items),
               .attention_total = waiting.total,
               .last_sync = book::last_finished_run(tx, rules.account, kSync)};
  return answer;
}

}  // namespace tallyman::views
