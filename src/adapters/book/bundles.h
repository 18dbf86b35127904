// Bundles as people keep them (bundle_skus, bundle_components).
#pragma once

#include <optional>
#include <vector>

#include "domain/base/ids.h"
#include "domain/base/time.h"
#include "domain/imports/bundles.h"
#include "ports/database.h"

namespace tallyman::book {

struct StoredBundle {
  imports::Bundle bundle;
  Instant updated;
};
// By SKU, those switched off too.
std::vector<StoredBundle> list_bundles(ports::Tx& tx, AccountId account);
std::optional<StoredBundle> find_bundle(ports::Tx& tx, AccountId account, const Sku& sku);
imports::Bundles load_bundles(ports::Tx& tx, AccountId account);

// Stores it as a whole: its components are those given. Writes audit and live event.
void put_bundle(ports::Tx& tx, AccountId account, const imports::Bundle& bundle,
                std::string_view who);

}  // namespace tallyman::book
