// The screen Today, as data: the numbers that people ask for in the morning, each with "as of when,
// and is it proven?", and what needs a person now.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "adapters/book/runs.h"
#include "domain/base/zone.h"
#include "ports/database.h"
#include "views/proof.h"

namespace tallyman::views {

// A time of day in the warehouse zone: until when orders leave today.
struct TimeOfDay {
  int hour = 0;
  int minute = 0;
};
std::optional<TimeOfDay> time_of_day_from(std::string_view text);  // "12:00"

struct TodayRules {
  AccountId account = kDefaultAccount;
  Zone warehouse{};
  ReadingRules reading{};
  std::optional<TimeOfDay> cutoff{};
  std::string credential{};  // of the rate budget
  std::int64_t requests_per_minute = 38;
};

struct Tile {
  std::string key;  // "units_to_ship"
  std::string label;
  std::optional<std::int64_t> value;  // none: not known yet
  std::string unit;                   // "units", "orders", "minutes", "requests"
  std::optional<std::int64_t> second{};
  std::optional<std::string> second_label{};
  std::optional<std::int64_t> difference{};  // second - value, when it should be 0
  std::vector<std::string> because{};        // sentences; causes of the difference
  Provenance provenance{};
  std::string link;  // path of a page
};

enum class Severity { critical, warning, info };  // in the order in which they are shown
std::string_view word(Severity severity);

struct Attention {
  std::string kind;  // alert, case, quarantine, run, breaker, sync
  std::string title;
  std::string subject;  // an order number, a workflow, a partner
  std::string detail;
  std::string technical{};  // what a partner or a library said, for whoever helps; may be empty
  Instant since;
  Severity severity = Severity::warning;
  std::string link;
};

struct Cutoff {
  TimeOfDay time;
  bool passed = false;
  std::optional<std::int64_t> minutes_left;  // while it has not passed
};

struct Today {
  Day date;
  std::optional<Cutoff> cutoff;
  Provenance provenance;
  std::vector<Tile> tiles;
  std::vector<Attention> attention;  // the first of them
  std::int64_t attention_total = 0;
  std::optional<book::Run> last_sync;
};

Today today(ports::Tx& tx, const TodayRules& rules);

// `synced` is what is said of figures that come from ShipStation. While it has never been read they
// have no value.
std::vector<Tile> today_tiles(ports::Tx& tx, const TodayRules& rules, const Provenance& synced);

}  // namespace tallyman::views
