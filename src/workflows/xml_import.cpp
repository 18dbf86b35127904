#include "workflows/xml_import.h"

#include <stdexcept>
#include <utility>
#include <variant>

#include <fmt/format.h>

#include "adapters/book/runs.h"
#include "domain/base/digest.h"
#include "ports/statements.h"
#include "workflows/xml_import/take_in.h"

namespace tallyman::workflows {

namespace {

using book::ImportOutcome;
using engine::JobContext;
using engine::JobDone;
using engine::JobEnd;
using engine::JobFailed;

constexpr Micros kLongest = std::chrono::minutes{10};

// Everything that a job of this workflow is done with.
struct Doing {
  const ImportParts& parts;
  const ImportSettings& settings;
  JobContext& job;
};

void begin_run(const Doing& doing) {
  const auto& job = doing.job;
  doing.job.transact([&](ports::Tx& tx) {
    book::begin_run(tx, doing.settings.account, job.run(), kXmlImport,
                    {.why = job.why(), .asked_by = job.asked_by(), .job = job.job()});
  });
}

JobEnd end_run(const Doing& doing, book::Outcome outcome, const std::string& message,
               const book::RunNumbers& numbers = {}) {
  doing.job.transact([&](ports::Tx& tx) {
    book::finish_run(tx, doing.job.run(),
                     {.outcome = outcome, .message = message, .failure = std::nullopt}, numbers);
  });
  return JobDone{.outcome = std::string(book::word(outcome)), .message = message};
}

book::Outcome outcome_of(ImportOutcome outcome) {
  switch (outcome) {
    case ImportOutcome::ok: return book::Outcome::ok;
    case ImportOutcome::partial: return book::Outcome::partial;
    case ImportOutcome::waiting:
    case ImportOutcome::refused: return book::Outcome::failed;
  }
  return book::Outcome::failed;
}

book::RunNumbers numbers_of(const TakenIn& taken) {
  const auto& counts = taken.ending.counts;
  book::RunNumbers numbers;
  numbers.source_total = counts.orders;
  numbers.received = counts.orders;
  numbers.applied = counts.inserted + counts.updated;
  numbers.unchanged = counts.unchanged;
  numbers.skipped = taken.skipped;
  numbers.quarantined = counts.quarantined;
  numbers.deferred = counts.deferred;
  return numbers;
}

// Takes the file in and ends its row and the run in one transaction.
JobEnd take_in_and_end(const Doing& doing, const book::ShopFileName& file, std::string_view bytes) {
  auto& job = doing.job;
  const Slices slices{
      .transact = [&](const std::function<void(ports::Tx&)>& work) { job.transact(work); },
      .mode = Slices::Mode::write,
      .run = job.run(),
      .file = file,
      .on_slice =
          [&](std::int64_t done, std::int64_t total) {
            if (job.stop().stop_requested()) {
              throw std::runtime_error("Stopped. What was taken in stays; the next run goes on.");
            }
            job.progress("orders", done, total);
          }};
  const auto taken = take_in(doing.parts, doing.settings, bytes, slices);
  const auto outcome = outcome_of(taken.ending.outcome);
  const std::string message = file.name + ": " + taken.ending.message;
  job.transact([&](ports::Tx& tx) {
    book::finish_import(tx, file.id, job.run(), taken.ending, taken.findings);
    book::finish_run(tx, job.run(),
                     {.outcome = outcome, .message = message, .failure = std::nullopt},
                     numbers_of(taken));
  });
  return JobDone{.outcome = std::string(book::word(outcome)), .message = message};
}

// The newest file of the folder, where it is this very one.
std::optional<book::Import> find_same(const Doing& doing, const std::string& name,
                                      const std::string& sha256) {
  return ports::transact(
      doing.parts.database, ports::TxMode::read, [&](ports::Tx& tx) -> std::optional<book::Import> {
        auto newest =
            book::find_newest_import(tx, doing.settings.account, book::ImportSource::folder, name);
        if (!newest || newest->sha256 != sha256) return std::nullopt;
        return newest;
      });
}

// Whether the same bytes would come to the same: the rules are those they were read with and, where
// orders of it wait, no day has begun since (a date does not lie in the future for ever).
bool is_settled(const Doing& doing, const book::Import& file) {
  return ports::transact(doing.parts.database, ports::TxMode::read, [&](ports::Tx& tx) {
    const auto& zone = doing.settings.warehouse;
    const bool waits = file.counts.quarantined + file.counts.deferred > 0;
    return file.rules_hash == imports::rules_hash(load_rules(tx, doing.settings)) &&
           (!waits || zone.day(file.received) == zone.day(tx.now()));
  });
}

book::ImportId add_from_folder(const Doing& doing, book::NewImport file) {
  file.source = book::ImportSource::folder;
  file.received_by = doing.job.asked_by();
  book::ImportId id;
  doing.job.transact([&](ports::Tx& tx) {
    id = book::add_import(tx, doing.settings.account, file);
    book::set_import_job(tx, id, doing.job.job());
  });
  return id;
}

// It cannot even be read: told once per state of the file, and by every run.
JobEnd unusable(const Doing& doing, const std::string& name, const ports::DropUnusable& drop) {
  const std::string sha256 = sha256_hex("unread " + drop.mark);
  if (!find_same(doing, name, sha256)) {
    const auto id = add_from_folder(
        doing, {.name = name, .sha256 = sha256, .bytes = 0, .received_by = {}, .body = {}});
    doing.job.transact([&](ports::Tx& tx) {
      book::finish_import(tx, id, doing.job.run(),
                          {.outcome = ImportOutcome::refused, .message = drop.why + "."}, {});
    });
  }
  return end_run(doing, book::Outcome::failed, drop.why + ".");
}

JobEnd dropped(const Doing& doing, const std::string& name, const ports::DropFile& drop) {
  const std::string sha256 = sha256_hex(drop.bytes);
  const auto same = find_same(doing, name, sha256);
  if (same && same->outcome == book::word(ImportOutcome::waiting)) {  // an attempt was cut off
    return take_in_and_end(doing, {.id = same->id, .name = name}, drop.bytes);
  }
  if (same && is_settled(doing, *same)) {
    const bool was_refused = same->outcome == book::word(ImportOutcome::refused);
    return end_run(
        doing, was_refused ? book::Outcome::failed : book::Outcome::ok,
        was_refused ? fmt::format("{} is still the file that was refused. {}", name, same->message)
                    : fmt::format("{} has not changed since {}.", name, to_text(same->received)));
  }
  const auto id = add_from_folder(doing, {.name = name,
                                          .sha256 = sha256,
                                          .bytes = std::ssize(drop.bytes),
                                          .received_by = {},
                                          .body = book::pack(drop.bytes)});
  return take_in_and_end(doing, {.id = id, .name = name}, drop.bytes);
}

JobEnd look_into(const Doing& doing, const ports::DropFolder& folder) {
  begin_run(doing);
  const std::string name = folder.file_name();
  const auto drop = folder.read();
  if (const auto* file = std::get_if<ports::DropFile>(&drop)) return dropped(doing, name, *file);
  if (const auto* bad = std::get_if<ports::DropUnusable>(&drop)) return unusable(doing, name, *bad);
  return end_run(doing, book::Outcome::ok,
                 fmt::format("There is no {} in {}.", name, folder.folder()));
}

}  // namespace

ImportPreview preview_import(const ImportParts& parts, const ImportSettings& settings,
                             std::string_view name, std::string_view bytes) {
  const Slices slices{.transact =
                          [&](const std::function<void(ports::Tx&)>& work) {
                            parts.database.transact(ports::TxMode::read, work);
                          },
                      .mode = Slices::Mode::look,
                      .run = {},
                      .file = {.id = {}, .name = std::string(name)}};
  auto taken = take_in(parts, settings, bytes, slices);
  return {.ending = std::move(taken.ending), .findings = std::move(taken.findings)};
}

ImportAsked hand_in(ports::Database& database, AccountId account, const HandedIn& file) {
  const book::NewImport row{.name = file.name,
                            .source = book::ImportSource::upload,
                            .sha256 = sha256_hex(file.bytes),
                            .bytes = std::ssize(file.bytes),
                            .received_by = file.who,
                            .body = book::pack(file.bytes)};
  return ports::transact(database, ports::TxMode::write, [&](ports::Tx& tx) {
    ImportAsked asked{.file = book::add_import(tx, account, row), .job = {}};
    asked.job = book::enqueue(tx, {.account = account,
                                   .kind = std::string(kImportFile),
                                   .args = book::import_args(asked.file),
                                   .single_flight = std::string(kXmlImport),
                                   .priority = work::Priority::person,
                                   .asked_by = file.who,
                                   .why = "a file was handed in",
                                   .timeout = kLongest})
                    .job;
    book::set_import_job(tx, asked.file, asked.job);
    return asked;
  });
}

engine::JobHandler import_file_job(ImportParts parts, ImportSettings settings) {
  return [parts, settings = std::move(settings)](JobContext& job) -> JobEnd {
    const Doing doing{.parts = parts, .settings = settings, .job = job};
    const auto id = book::import_of(job.args());
    if (!id) return JobFailed{.message = id.error().what, .permanent = true};
    std::optional<std::string> bytes;
    const auto file = ports::transact(parts.database, ports::TxMode::read, [&](ports::Tx& tx) {
      bytes = book::load_import_body(tx, *id);
      return book::find_import(tx, settings.account, *id);
    });
    if (!file || !bytes) {
      return JobFailed{.message = "The file is not in the book any more.", .permanent = true};
    }
    if (file->outcome != book::word(ImportOutcome::waiting)) {
      return JobDone{.outcome = "ok", .message = file->message};
    }
    begin_run(doing);
    return take_in_and_end(doing, {.id = *id, .name = file->name}, *bytes);
  };
}

engine::JobHandler xml_import_job(ImportParts parts, ImportSettings settings,
                                  const ports::DropFolder& folder) {
  return [parts, settings = std::move(settings), &folder](JobContext& job) -> JobEnd {
    return look_into({.parts = parts, .settings = settings, .job = job}, folder);
  };
}

}  // namespace tallyman::workflows
