#include "workflows/shipstation_sync/waves.h"

#include <algorithm>
#include <string_view>
#include <unordered_set>

namespace tallyman::workflows {

namespace {

// What the orders of the current wave are known by.
struct Marks {
  std::unordered_set<std::string_view> numbers;
  std::unordered_set<std::int64_t> ids;

  bool touches(const orders::OrderSeen& seen) const {
    if (numbers.contains(seen.number.value) || ids.contains(seen.id.value)) return true;
    if (seen.parent && ids.contains(seen.parent->value)) return true;
    return std::ranges::any_of(seen.merged, [&](auto id) { return ids.contains(id.value); });
  }

  void add(const orders::OrderSeen& seen) {
    numbers.insert(seen.number.value);
    ids.insert(seen.id.value);
    if (seen.parent) ids.insert(seen.parent->value);
    for (const auto id : seen.merged) ids.insert(id.value);
  }
};

}  // namespace

std::vector<std::vector<const OrderDocument*>> waves(const std::vector<OrderDocument>& documents) {
  std::vector<std::vector<const OrderDocument*>> all;
  Marks marks;
  for (const auto& document : documents) {
    const auto& seen = document.document.seen;
    if (all.empty() || all.back().size() == kWaveLimit || marks.touches(seen)) {
      all.emplace_back();
      marks = {};
    }
    all.back().push_back(&document);
    marks.add(seen);
  }
  return all;
}

}  // namespace tallyman::workflows
