// The whole program, built top to bottom in one place: what each part may touch is what its
// constructor is given.
#pragma once

#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <variant>

#include "adapters/database/process_lock.h"
#include "api/context.h"
#include "app/config.h"
#include "app/desk.h"
#include "app/log.h"
#include "engine/budgeted_http.h"
#include "engine/schedule.h"
#include "ports/clock.h"
#include "ports/http.h"
#include "ports/random.h"
#include "ports/threads.h"
#include "workflows/shipstation_sync.h"

namespace tallyman::app {

inline constexpr std::string_view kVersion = TALLYMAN_VERSION;

// What the operating system gives, or a test in its place.
struct Outside {
  ports::Clock& clock;
  ports::Random& random;
  ports::Threads& threads;
};

// Another program holds the SQLite file.
struct Locked {
  std::int64_t pid = 0;
};

enum class Pace { scheduled, when_asked };

class Program {
 public:
  // Opens and, where needed, migrates the order book. Throws std::runtime_error with a sentence for
  // a person when the configuration cannot be made to work, DbFailure for the database.
  static std::variant<std::unique_ptr<Program>, Locked> start(const Config& config,
                                                              const Outside& outside, Log& log,
                                                              Pace pace);
  ~Program();
  Program(const Program&) = delete;
  Program& operator=(const Program&) = delete;

  api::Context& context() { return *context_; }
  ports::Database& database() { return *database_; }

 private:
  Program(const Config& config, const Outside& outside, Log& log, Pace pace);

  CallLog calls_;
  std::optional<database::ProcessLock> lock_;
  std::unique_ptr<ports::Database> database_;
  std::unique_ptr<ports::Http> http_;
  std::unique_ptr<engine::BudgetedHttp> budgeted_;
  std::unique_ptr<ports::ShipStation> shipstation_;
  std::unique_ptr<workflows::ShipStationSync> sync_;
  std::unique_ptr<Desk> desk_;
  std::unique_ptr<engine::Schedule> schedule_;
  std::unique_ptr<api::Context> context_;
};

// Opens the book and brings its schema forward. Throws std::runtime_error with a sentence.
std::unique_ptr<ports::Database> open_book(const Config& config, const Outside& outside);
std::string database_url(const Config& config);
void make_folder_of(const std::filesystem::path& file);

}  // namespace tallyman::app
