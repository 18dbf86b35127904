// What needs a person now, of every kind, the gravest and oldest first.
#pragma once

#include <cstdint>
#include <vector>

#include "ports/database.h"
#include "views/today.h"

namespace tallyman::views {

struct AttentionList {
  std::vector<Attention> items;  // the first 50
  std::int64_t total = 0;
};
AttentionList attention(ports::Tx& tx, const ReadingRules& rules);

}  // namespace tallyman::views
