// Files of the shop in the book: what came, what became of its orders, what was dropped and why.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "adapters/book/payloads.h"
#include "domain/base/ids.h"
#include "domain/base/result.h"
#include "domain/base/time.h"
#include "domain/imports/decide.h"
#include "domain/imports/shop_order.h"
#include "ports/database.h"

namespace tallyman::book {

using ImportId = Id<struct ImportTag, std::int64_t>;  // import_files.import_id

enum class ImportSource { folder, upload };
std::string_view word(ImportSource source);

struct NewImport {
  std::string name;  // as the shop or the person called it; never a path
  ImportSource source = ImportSource::upload;
  std::string sha256;
  std::int64_t bytes = 0;
  std::string received_by;     // as in the audit log
  std::optional<Packed> body;  // none: it could not be read at all
};
ImportId add_import(ports::Tx& tx, AccountId account, const NewImport& file);
void set_import_job(ports::Tx& tx, ImportId id, JobId job);

enum class ImportOutcome { waiting, ok, partial, refused };
std::string_view word(ImportOutcome outcome);

struct ImportCounts {
  std::int64_t orders = 0;  // = inserted + updated + unchanged + skipped + quarantined + deferred
  std::int64_t inserted = 0;
  std::int64_t updated = 0;
  std::int64_t unchanged = 0;
  std::int64_t skipped = 0;
  std::int64_t quarantined = 0;
  std::int64_t deferred = 0;
  std::int64_t lines_dropped = 0;
  friend bool operator==(const ImportCounts&, const ImportCounts&) = default;
};

enum class FindingKind {
  order_skipped,
  line_dropped,
  quarantined,
  deferred,
  not_taken,        // known and taken further: the shop's new word was not taken over
  element_ignored,  // something in the file that is no order
};
std::string_view word(FindingKind kind);

// One thing of the file that did not come in, and why.
struct ImportFinding {
  FindingKind kind = FindingKind::order_skipped;
  std::optional<OrderNumber> number;
  imports::Place place;
  std::optional<Sku> sku;
  std::optional<std::int64_t> quantity;
  std::string reason;
};

struct ImportEnding {
  ImportOutcome outcome = ImportOutcome::ok;
  std::string message;
  std::string encoding{};
  std::string rules_hash{};
  ImportCounts counts{};
};
// Findings replace those of an earlier attempt. Writes a live event.
void finish_import(ports::Tx& tx, ImportId id, const RunId& run, const ImportEnding& ending,
                   std::span<const ImportFinding> findings);

struct Import {
  ImportId id;
  std::string name;
  std::string source;
  std::string sha256;
  std::int64_t bytes = 0;
  std::string rules_hash;
  Instant received;
  std::string received_by;
  std::optional<JobId> job;
  std::optional<RunId> run;
  std::string outcome;
  std::optional<Instant> finished;
  std::string message;
  std::string encoding;
  ImportCounts counts;
};
std::optional<Import> find_import(ports::Tx& tx, AccountId account, ImportId id);
std::optional<Import> find_newest_import(ports::Tx& tx, AccountId account, ImportSource source,
                                         std::string_view name);
// Newest first, those before `before`.
std::vector<Import> list_imports(ports::Tx& tx, AccountId account, std::optional<ImportId> before,
                                 std::int64_t limit);
// None: it is not kept any more. Throws std::runtime_error when what is kept is damaged.
std::optional<std::string> load_import_body(ports::Tx& tx, ImportId id);

struct StoredFinding {
  std::int64_t position = 0;
  std::string kind;
  std::optional<std::string> number;
  imports::Place place;
  std::optional<std::string> sku;
  std::optional<std::int64_t> quantity;
  std::string reason;
};
std::vector<StoredFinding> list_findings(ports::Tx& tx, ImportId id,
                                         const std::optional<std::string>& kind, std::int64_t after,
                                         std::int64_t limit);

// The arguments of a job that takes a file in.
std::string import_args(ImportId id);
Result<ImportId> import_of(std::string_view args);

// What old files weigh: bytes and findings received before then go, except those of the newest file
// of its name. Rows with their numbers stay.
struct Forgotten {
  std::int64_t bodies = 0;
  std::int64_t findings = 0;
};
Forgotten forget_imports(ports::Tx& tx, Instant before);

}  // namespace tallyman::book
