// The whole program, built top to bottom in one place: what each part may touch is what its
// constructor is given.
#pragma once

#include <filesystem>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <variant>

#include "adapters/book/audit_key.h"
#include "adapters/database/process_lock.h"
#include "adapters/xml/shop_file.h"
#include "api/context.h"
#include "api/live_feed.h"
#include "api/meters.h"
#include "app/config.h"
#include "app/folder_watch.h"
#include "app/housekeeping.h"
#include "app/log.h"
#include "app/partners.h"
#include "engine/hints.h"
#include "engine/ticker.h"
#include "engine/worker.h"
#include "metrics/registry.h"
#include "ports/clock.h"
#include "ports/drop_folder.h"
#include "ports/http.h"
#include "ports/mail.h"
#include "ports/passwords.h"
#include "ports/random.h"
#include "ports/threads.h"
#include "workflows/shipstation_sync.h"
#include "workflows/xml_import.h"

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

// `scheduled`: does every kind of job that is set up here, and what the schedule asks for.
// `when_asked`: works only once a run was asked for, and then at nothing but syncs and the files
// that somebody hands in.
enum class Pace { scheduled, when_asked };

class Program {
 public:
  // Opens and, where needed, migrates the order book; begins no work. Throws std::runtime_error
  // with a sentence for a person when the configuration cannot be made to work, DbFailure for the
  // database.
  static std::variant<std::unique_ptr<Program>, Locked> build(const Config& config,
                                                              const Outside& outside, Log& log,
                                                              Pace pace);
  // Begins to work, where it is not to wait to be asked: once the doors are held, so that a program
  // that cannot be asked for anything does nothing.
  void go();
  ~Program();
  Program(const Program&) = delete;
  Program& operator=(const Program&) = delete;

  api::Context& context() { return *context_; }
  ports::Database& database() { return *database_; }
  // Why no job can be claimed at present; none: all is well.
  std::optional<std::string> trouble() const { return worker_->status().database_failure; }

  // What is asked for here is left to the nodes: this program does not work.
  void leave_work_to_nodes();

  // Jobs at work at this moment.
  std::size_t running() const { return worker_->status().running; }
  // No new work; what runs may finish (server.drain_seconds), the rest is handed back. `hard` ends
  // the patience.
  engine::Drained drain(const std::stop_token& hard);

 private:
  Program(const Config& config, const Outside& outside, Log& log, Pace pace);
  api::Context make_context(const Config& config, const Outside& outside);
  engine::Worker::Kinds kinds(const Config& config, const Outside& outside, Pace pace, Log& log);
  void make_worker(const Config& config, const Outside& outside, Log& log, Pace pace);
  void make_imports(const Config& config);
  void make_ticker(const Config& config, const Outside& outside, Log& log);
  void make_hints(const Config& config, const Outside& outside, Log& log);
  // Somebody enqueued something: look at once. Starts the worker where it waits to be asked.
  void wake();
  // Something was enqueued here: this program looks at once, and so do the others.
  void wake_all();
  void tell_others();

  CallLog calls_;
  Pace pace_;
  std::function<std::unique_ptr<Housekeeping>()> make_housekeeping_;
  std::function<std::unique_ptr<FolderWatch>()> make_folder_watch_;
  Zone warehouse_;
  std::optional<database::ProcessLock> lock_;
  std::unique_ptr<ports::Database> database_;
  std::unique_ptr<book::AuditKeyInUse> audit_key_;
  std::unique_ptr<ports::Http> http_;
  std::unique_ptr<ShipStationDoor> for_people_;
  std::unique_ptr<ShipStationDoor> for_schedule_;
  std::unique_ptr<workflows::ShipStationSync> sync_for_people_;
  std::unique_ptr<workflows::ShipStationSync> sync_for_schedule_;
  std::unique_ptr<ports::Mail> mail_;  // none: not set up
  xml::ShopFileReader shop_file_;
  workflows::ImportSettings import_settings_;
  std::unique_ptr<ports::DropFolder> drop_folder_;  // none: not set up
  std::unique_ptr<ports::Passwords> passwords_;
  metrics::Registry registry_;
  std::unique_ptr<api::Meters> meters_;
  std::unique_ptr<api::LiveFeed> live_;
  std::unique_ptr<api::Context> context_;
  std::function<std::unique_ptr<ports::HintLine>()> make_hint_line_;
  std::unique_ptr<engine::Hints>
      hints_;            // none: one program alone uses the order book; they wake what follows
  std::mutex starting_;  // of what wake() and drain() touch
  bool started_ = false;
  std::unique_ptr<engine::Worker> worker_;  // before what it works with goes
  std::unique_ptr<engine::Ticker> ticker_;
  std::unique_ptr<Housekeeping> housekeeping_;
  std::unique_ptr<FolderWatch> folder_watch_;
};

Zone zone_named(const std::string& name);  // throws std::runtime_error

// Opens the book and brings its schema forward. Throws std::runtime_error with a sentence.
std::unique_ptr<ports::Database> open_book(const Config& config, const Outside& outside);
std::string database_url(const Config& config);
void make_folder_of(const std::filesystem::path& file);

}  // namespace tallyman::app
