#include "domain/sync/page.h"

#include <algorithm>

namespace tallyman::sync {

std::optional<RowFact> last_stamped(std::span<const RowFact> rows) {
  const auto found = std::find_if(rows.rbegin(), rows.rend(),
                                  [](const RowFact& row) { return row.stamp.has_value(); });
  if (found == rows.rend()) return std::nullopt;
  return *found;
}

}  // namespace tallyman::sync
