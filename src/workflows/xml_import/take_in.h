// One file of the shop, from bytes to decisions, in slices: each slice is decided and written in
// one transaction, so that a person's change in between is seen. Private to xml_import.
#pragma once

#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "adapters/book/imports.h"
#include "adapters/book/shop_orders.h"
#include "domain/imports/decide.h"
#include "workflows/xml_import.h"

namespace tallyman::workflows {

// As they are in force now.
imports::ImportRules load_rules(ports::Tx& tx, const ImportSettings& settings);

// How a slice reaches the book: inside one transaction that commits, or that only looks.
struct Slices {
  std::function<void(const std::function<void(ports::Tx&)>&)> transact;
  enum class Mode { write, look } mode = Mode::look;
  RunId run{};
  book::ShopFileName file{};
  // Told after each slice; may throw to stop.
  std::function<void(std::int64_t done, std::int64_t total)> on_slice{};
};

struct TakenIn {
  book::ImportEnding ending;
  std::vector<book::ImportFinding> findings;
  std::map<std::string, std::int64_t> skipped;  // by reason
};
TakenIn take_in(const ImportParts& parts, const ImportSettings& settings, std::string_view bytes,
                const Slices& slices);

}  // namespace tallyman::workflows
