// A story: one order book, one pretend ShipStation, one virtual clock, one thread. Everything in
// between is the real program: adapter, workflow, SQLite.
#pragma once

#include <functional>
#include <memory>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

#include "adapters/shipstation/api.h"
#include "adapters/time/seeded_random.h"
#include "adapters/time/virtual_clock.h"
#include "engine/breaker_http.h"
#include "sandbox/sandbox_http.h"
#include "sandbox/world.h"
#include "support/databases.h"
#include "workflows/shipstation_sync.h"

namespace tallyman::tests {

// Starts nothing: stories are single-threaded, and a lease's heartbeat is not needed in them.
class NoThreads final : public ports::Threads {
 public:
  std::unique_ptr<ports::Thread> start(std::string, std::function<void(std::stop_token)>) override;
};

struct StoryOptions {
  std::uint64_t seed = 1;
  std::string_view start = "2026-11-20T15:00:00Z";
  sandbox::Behaviour behaviour{};
  Micros latency{0};                         // of every exchange with ShipStation
  std::string_view key = sandbox::kDemoKey;  // what the program presents itself with
};

// ShipStation as the program meets it, with answers changed on their way.
class AlteredHttp final : public ports::Http {
 public:
  using Alter = std::function<void(const ports::HttpRequest&, ports::HttpResponse&)>;
  explicit AlteredHttp(ports::Http& inner) : inner_(inner) {}
  ports::HttpResult send(const ports::HttpRequest& request, std::stop_token stop) override;
  void alter(Alter how) { how_ = std::move(how); }

 private:
  ports::Http& inner_;
  Alter how_;
};

// One line of goods under a manual number; without a number the account's next one.
sandbox::OrderSpec goods(std::string sku, std::int64_t quantity = 1, std::string number = {});

class Story {
 public:
  explicit Story(const StoryOptions& options = {});
  ~Story();

  sandbox::World& world() { return *world_; }
  timing::VirtualClock& clock() { return clock_; }
  workflows::SyncSettings& settings() { return settings_; }
  ports::Database& database() { return *database_; }

  // The known orders of the seed, as a script would write them: five columns.
  void seed(const sandbox::SeedPlan& plan);
  // One cycle of the sync; `wait` passes first. Every run of every story is held to the proof: its
  // numbers add up, or it says that it failed.
  workflows::SyncResult sync(Micros wait = std::chrono::minutes{5}, std::stop_token stop = {});
  // What a cycle would do now.
  workflows::SyncPreview preview();
  // From now on every answer of ShipStation passes through `how`; an empty one ends it.
  void alter_answers(AlteredHttp::Alter how) { altered_->alter(std::move(how)); }
  // Faults end, what lagged shows, and enough cycles pass for every stream to have had its turn.
  void heal();

  // SQL on the book, for setting scenes and looking. Every column as text, NULL as "NULL".
  void script(std::string_view sql);
  std::vector<std::vector<std::string>> rows(const std::string& sql);
  std::string one(const std::string& sql);  // the only column of the only row
  // Everything the sync ever writes about orders, as text: equal before and after means untouched.
  std::string book();
  std::string watermarks();

  // What differs between the book and the truth at ShipStation, in words; empty when they agree.
  // Covers every order that is ours: status, quantities by line, shipped units, tracking; and rows
  // of the book that nothing at ShipStation stands for.
  std::vector<std::string> differences();

 private:
  workflows::ShipStationSync workflow();

  TempFolder folder_;
  timing::VirtualClock clock_;
  timing::SeededRandom random_;
  NoThreads threads_;
  std::unique_ptr<sandbox::World> world_;
  std::unique_ptr<sandbox::SandboxHttp> http_;
  std::unique_ptr<AlteredHttp> altered_;
  std::unique_ptr<ports::Database> database_;
  std::unique_ptr<engine::BreakerHttp> breaker_;
  std::unique_ptr<ports::ShipStation> shipstation_;
  workflows::SyncSettings settings_;
  std::string path_;
};

Zone pacific();

}  // namespace tallyman::tests
