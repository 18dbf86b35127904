// xml-import: takes the shop's orders in (requirements C), from the folder it drops its file into
// or from a file that somebody hands in. Every order ends as taken in, changed, unchanged, left out
// with its reason, quarantined with its place, or deferred to a person; a file taken in twice
// writes nothing the second time.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "adapters/book/imports.h"
#include "adapters/book/jobs.h"
#include "domain/base/ids.h"
#include "domain/base/zone.h"
#include "domain/orders/sku_text.h"
#include "engine/worker.h"
#include "ports/database.h"
#include "ports/drop_folder.h"
#include "ports/shop_file.h"

namespace tallyman::workflows {

inline constexpr std::string_view kXmlImport = "xml-import";    // the folder
inline constexpr std::string_view kImportFile = "import-file";  // one file that was handed in

struct ImportParts {
  ports::Database& database;
  const ports::ShopFileReader& reader;
};

struct ImportSettings {
  AccountId account = kDefaultAccount;
  Zone warehouse{};
  // In force now.
  std::function<orders::KnownSkus(ports::Tx&)> key_skus{};
  std::function<std::int64_t(ports::Tx&)> archive_days{};
};

// What importing these bytes would do. Nothing is written.
struct ImportPreview {
  book::ImportEnding ending;
  std::vector<book::ImportFinding> findings;
};
ImportPreview preview_import(const ImportParts& parts, const ImportSettings& settings,
                             std::string_view name, std::string_view bytes);

struct HandedIn {
  std::string name;
  std::string_view bytes;
  std::string who;  // as in the audit log
};
struct ImportAsked {
  book::ImportId file;
  JobId job;
};
// Keeps the file in the book and asks for a job that takes it in: any node can.
ImportAsked hand_in(ports::Database& database, AccountId account, const HandedIn& file);

// For the worker; what they refer to must outlive them.
engine::JobHandler import_file_job(ImportParts parts, ImportSettings settings);
engine::JobHandler xml_import_job(ImportParts parts, ImportSettings settings,
                                  const ports::DropFolder& folder);

}  // namespace tallyman::workflows
