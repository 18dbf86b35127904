#include "domain/work/arrivals.h"

namespace tallyman::work {

bool Arrivals::note(std::int64_t id, Micros now) {
  return id > settled_ && known_.emplace(id, now).second;
}

void Arrivals::settle(Micros now, Micros patience) {
  for (auto first = known_.begin(); first != known_.end(); first = known_.erase(first)) {
    const auto& [id, noted] = *first;
    if (id > settled_ + 1 && now - noted < patience) return;
    settled_ = id;
  }
}

}  // namespace tallyman::work
