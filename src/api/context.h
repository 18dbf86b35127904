// What the API's handlers may touch. Built in app, top to bottom.
#pragma once

#include <filesystem>
#include <functional>
#include <optional>
#include <string>

#include "api/origin.h"
#include "domain/base/zone.h"
#include "domain/orders/sku_text.h"
#include "engine/schedule.h"
#include "ports/clock.h"
#include "ports/database.h"
#include "ports/passwords.h"
#include "ports/random.h"
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
  // Who may come in, and from where.
  DoorRules door{};
  // Both are needed where somebody signs in; a program without sign-in has neither.
  ports::Passwords* passwords = nullptr;
  ports::Random* random = nullptr;
};

}  // namespace tallyman::api
