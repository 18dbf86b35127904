// What the API's handlers may touch. Built in app, top to bottom.
#pragma once

#include <filesystem>
#include <functional>
#include <optional>
#include <string>

#include "domain/base/zone.h"
#include "domain/orders/sku_text.h"
#include "engine/schedule.h"
#include "ports/clock.h"
#include "ports/database.h"
#include "views/sync_status.h"

namespace tallyman::api {

class LiveFeed;

struct Context {
  ports::Database& database;
  ports::Clock& clock;
  engine::Schedule& sync;
  AccountId account = kDefaultAccount;
  Zone warehouse;
  orders::KnownSkus known_skus;
  views::SyncStatusRules status;
  std::string version;
  bool demo = false;
  std::optional<std::filesystem::path> dev_assets{};
  // Why a run left no row in the book; none when it did.
  std::function<std::optional<std::string>(const RunId&)> lost_run{};
  LiveFeed* live = nullptr;  // none where nobody can watch: in a command
};

}  // namespace tallyman::api
