// How a pass is cut into transactions: small ones in one, large ones in slices with a checkpoint.
#pragma once

#include <cstdint>

namespace tallyman::sync {

struct SliceLimits {
  std::int64_t one_transaction = 5'000;  // rows of a pass that is applied at once
  std::int64_t slice = 2'000;            // rows of a slice, at most, give or take a page
};

enum class Shape { one_transaction, slices };

// By Reader::largest_total(); it may grow while the pass goes on.
inline Shape shape_of_pass(std::int64_t total, const SliceLimits& limits = {}) {
  return total <= limits.one_transaction ? Shape::one_transaction : Shape::slices;
}

enum class SliceNow { yes, no };

// Whether the rows fetched so far are to be applied before another page is asked for. Apply them
// with Reader::checkpoint(), or with the last checkpoint while there is none.
inline SliceNow slice_now(Shape shape, std::int64_t fetched, std::int64_t page_size,
                          const SliceLimits& limits = {}) {
  if (shape == Shape::one_transaction) return SliceNow::no;
  return fetched + page_size > limits.slice ? SliceNow::yes : SliceNow::no;
}

}  // namespace tallyman::sync
