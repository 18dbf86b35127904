#include "domain/imports/archive.h"

#include <algorithm>

namespace tallyman::imports {

Keeping keeping(const OldOrder& order, Day today, std::int64_t days) {
  const Day last = order.shipped ? std::max(order.ordered, *order.shipped) : order.ordered;
  if (today - last <= std::chrono::days{days}) return Keeping::in_sight;
  return orders::is_final(order.status) ? Keeping::to_archive : Keeping::open_and_old;
}

}  // namespace tallyman::imports
