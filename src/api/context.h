// What the API's handlers may touch. Built in app, top to bottom.
#pragma once

#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "domain/base/zone.h"
#include "domain/orders/sku_text.h"
#include "domain/settings/values.h"
#include "engine/schedule.h"
#include "ports/clock.h"
#include "ports/database.h"
#include "views/sync_status.h"

namespace tallyman::api {

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
  // Everything that the file and the environment decide; secrets only as "set" or "not set".
  std::vector<settings::FileValue> file_settings{};
  // Whether a partner ("shipstation") has credentials here. Empty: as in `status`.
  std::function<bool(std::string_view partner)> is_set_up{};
  // Called after a switch or a setting was changed here: engine::Ticker::wake.
  std::function<void()> schedule_changed{};
};

}  // namespace tallyman::api
