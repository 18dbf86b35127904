#include "workflows/orders_cleanup.h"

#include <utility>
#include <vector>

#include <fmt/format.h>

#include "adapters/book/archive.h"
#include "adapters/book/events.h"
#include "adapters/book/imports.h"
#include "adapters/book/runs.h"
#include "domain/alerts/words.h"
#include "domain/imports/archive.h"
#include "ports/statements.h"

namespace tallyman::workflows {

namespace {

using engine::JobContext;
using engine::JobDone;
using engine::JobEnd;

constexpr std::int64_t kSlice = 1'000;                // orders in one transaction
constexpr Micros kFilesKept = std::chrono::days{30};  // bytes and findings of the shop's files

struct Cleaned {
  std::int64_t archived = 0;
  std::int64_t returned = 0;
  std::int64_t open = 0;  // old, and nobody has finished them
  book::Forgotten forgotten{};
};

void tell(ports::Tx& tx, const CleanupSettings& settings, const RunId& run, std::int64_t days,
          const std::vector<book::OldOrderRow>& orders) {
  std::vector<book::NewEvent> events;
  for (const auto& order : orders) {
    events.push_back({.order = order.id,
                      .remote = std::nullopt,
                      .number = order.number,
                      .kind = "archived",
                      .title = "Left the inbox view",
                      .detail = fmt::format("{} and older than {} days. Search finds it.",
                                            order.status.word, days),
                      .rule = "archive_age",
                      .changes = {}});
  }
  book::add_events(tx, settings.account, run, events);
}

// One slice behind `after`; answers where the next begins, none when it was the last.
std::optional<LocalOrderId> clean(ports::Tx& tx, const CleanupSettings& settings, const RunId& run,
                                  LocalOrderId after, Cleaned& cleaned) {
  const auto days = settings.archive_days(tx);
  const Day today = settings.warehouse.day(tx.now());
  const auto rows =
      book::list_old_orders(tx, settings.account, today - std::chrono::days{days}, after, kSlice);
  std::vector<book::OldOrderRow> go;
  for (const auto& row : rows) {
    switch (imports::keeping(
        {.status = row.status.known, .ordered = row.ordered, .shipped = row.shipped}, today,
        days)) {
      case imports::Keeping::to_archive: go.push_back(row); break;
      case imports::Keeping::open_and_old: ++cleaned.open; break;
      case imports::Keeping::in_sight: break;
    }
  }
  cleaned.archived += book::archive_orders(tx, go);
  tell(tx, settings, run, days, go);
  if (std::ssize(rows) < kSlice) return std::nullopt;
  return rows.back().id;
}

std::string message_of(const Cleaned& cleaned) {
  std::string message = alerts::counted(cleaned.archived, "order") + " left the inbox view.";
  if (cleaned.returned > 0) {
    message += fmt::format(" {} came back, because they are open again.", cleaned.returned);
  }
  if (cleaned.open > 0) {
    message += fmt::format(" {} of those as old stay: they are open.", cleaned.open);
  }
  if (cleaned.forgotten.bodies > 0) {
    message += fmt::format(" {} let go.", alerts::counted(cleaned.forgotten.bodies, "old file"));
  }
  return message;
}

void begin(JobContext& job, const CleanupSettings& settings, Cleaned& cleaned) {
  job.transact([&](ports::Tx& tx) {
    book::begin_run(tx, settings.account, job.run(), kOrdersCleanup,
                    {.why = job.why(), .asked_by = job.asked_by(), .job = job.job()});
    cleaned.returned = book::return_from_archive(tx, settings.account);
    cleaned.forgotten = book::forget_imports(tx, tx.now() - kFilesKept);
  });
}

}  // namespace

engine::JobHandler orders_cleanup(CleanupSettings settings) {
  return [settings = std::move(settings)](JobContext& job) -> JobEnd {
    Cleaned cleaned;
    begin(job, settings, cleaned);
    std::optional<LocalOrderId> after = LocalOrderId{0};
    while (after) {
      if (job.stop().stop_requested()) {
        return engine::JobFailed{.message = "Stopped; the next run goes on."};
      }
      std::optional<LocalOrderId> next;
      Cleaned so_far;
      job.transact([&](ports::Tx& tx) {
        so_far = cleaned;
        next = clean(tx, settings, job.run(), *after, so_far);
      });
      cleaned = so_far;
      after = next;
    }
    const auto message = message_of(cleaned);
    job.transact([&](ports::Tx& tx) {
      book::RunNumbers numbers;
      numbers.received = cleaned.archived;
      numbers.applied = cleaned.archived;
      numbers.source_total = cleaned.archived;
      book::finish_run(tx, job.run(),
                       {.outcome = book::Outcome::ok, .message = message, .failure = std::nullopt},
                       numbers);
    });
    return JobDone{.message = message};
  };
}

}  // namespace tallyman::workflows
