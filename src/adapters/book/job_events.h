// The hints that pages get about jobs, collected and published together. Private to book.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "domain/base/ids.h"
#include "domain/work/state.h"
#include "ports/database.h"

namespace tallyman::book {

// At most twenty of one transaction are published: they are hints, and a page that gets one asks.
class JobEvents {
 public:
  void changed(JobId id, std::string_view kind, work::JobState state);
  void done(JobId id, std::string_view kind, std::string_view outcome, std::string_view message);
  void progress(JobId id, std::string_view kind, std::string_view phase, std::int64_t done,
                std::int64_t total);
  // Once, at the end.
  void publish(ports::Tx& tx) const;

 private:
  struct Event {
    std::string_view kind;
    std::string data;
  };
  std::vector<Event> events_;
};

}  // namespace tallyman::book
