// What /metrics shows: what this program counts itself, and what stands in the order book, read at
// most every few seconds however often somebody asks.
#pragma once

#include <mutex>
#include <optional>
#include <string>
#include <string_view>

#include "metrics/registry.h"
#include "ports/clock.h"
#include "ports/database.h"
#include "views/sync_status.h"

namespace tallyman::api {

class Meters {
 public:
  // `registry`: of this program; other parts may count in it as well.
  Meters(metrics::Registry& registry, ports::Database& database, ports::Clock& clock,
         views::SyncStatusRules rules, std::string_view version);
  Meters(const Meters&) = delete;
  Meters& operator=(const Meters&) = delete;

  // A request was answered. `operation`: its name in the description of the API, or "page", "none".
  void answered(std::string_view operation, int status, Micros took);

  std::string text();

 private:
  std::string text_of_book();
  std::string read_book();

  metrics::Registry& registry_;
  ports::Database& database_;
  ports::Clock& clock_;
  const views::SyncStatusRules rules_;
  std::mutex mutex_;
  std::optional<Micros> read_at_;
  std::string of_book_;
};

}  // namespace tallyman::api
