#include "app/folder_watch.h"

#include <utility>

#include "adapters/book/controls.h"
#include "adapters/book/jobs.h"
#include "workflows/xml_import.h"

namespace tallyman::app {

namespace {
constexpr Micros kEvery = std::chrono::seconds{2};
}

// What is there at the start is the schedule's: its first tick is due at once.
FolderWatch::FolderWatch(const ports::DropFolder& folder, ports::Database& database,
                         ports::Clock& clock, ports::Threads& threads, Log& log,
                         std::function<void()> wake)
    : folder_(folder),
      database_(database),
      clock_(clock),
      log_(log),
      wake_(std::move(wake)),
      asked_for_(folder.mark()),
      seen_(asked_for_),
      thread_(threads.start("folder watch", [this](const std::stop_token& stop) { loop(stop); })) {}

void FolderWatch::loop(const std::stop_token& stop) {
  while (clock_.wait(kEvery, stop) != ports::WaitEnd::stopped) look();
}

void FolderWatch::look() {
  auto now = folder_.mark();
  const bool stands_still = now == seen_;
  seen_ = std::move(now);
  if (!seen_ || !stands_still || seen_ == asked_for_) return;
  if (ask()) asked_for_ = seen_;
}

bool FolderWatch::ask() {
  const std::string workflow(workflows::kXmlImport);
  try {
    database_.transact(ports::TxMode::write, [&](ports::Tx& tx) {
      if (!book::is_enabled(tx, workflow)) return;
      book::NewJob job;
      job.kind = workflow;
      job.unique_key = workflow;
      job.single_flight = workflow;
      job.asked_by = "schedule";
      job.why = folder_.file_name() + " has changed";
      book::enqueue(tx, job);
    });
  } catch (const ports::DbFailure& failure) {  // the next look asks again
    log_.error("no import", {{"reason", failure.what()}});
    return false;
  }
  wake_();
  return true;
}

}  // namespace tallyman::app
