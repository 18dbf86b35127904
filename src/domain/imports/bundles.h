// Bundles: SKUs that the shop sells and the warehouse does not have. Each stands for components,
// which may be bundles themselves; a bundle that contains itself is refused.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "domain/base/ids.h"
#include "domain/base/result.h"

namespace tallyman::imports {

struct Component {
  Sku sku;
  std::int64_t multiplier = 1;  // units of it in one bundle
  friend bool operator==(const Component&, const Component&) = default;
};

enum class BundleState { active, off };

struct Bundle {
  Sku sku;
  std::string description;
  BundleState state = BundleState::active;
  std::vector<Component> components;  // in the order in which people listed them
  friend bool operator==(const Bundle&, const Bundle&) = default;
};

using Bundles = std::map<Sku, Bundle>;

// How many of each SKU; in the order of SKUs.
using Units = std::map<Sku, std::int64_t>;

// Takes bundles apart. Remembers what it took apart, so that bundles within bundles cost no more
// than there are bundles.
class Expander {
 public:
  explicit Expander(Bundles bundles) : bundles_(std::move(bundles)) {}

  // What one unit of this SKU comes to: itself when it is no bundle that is switched on. A Problem
  // names the circle, or the bundle that is too deep, too large or empty.
  Result<Units> units_of(const Sku& sku);

  const Bundle* find(const Sku& sku) const;

 private:
  Result<Units> expand(const Bundle& bundle, std::vector<Sku>& path);

  Bundles bundles_;
  std::map<Sku, Units> known_;
};

// Why `bundle` may not stand beside (or in the place of) these; none: it may.
std::optional<Problem> what_is_wrong(const Bundle& bundle, Bundles others);

}  // namespace tallyman::imports
