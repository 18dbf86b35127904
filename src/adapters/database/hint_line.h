// Hears what other programs tell by PostgreSQL's NOTIFY, on a connection of its own.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "adapters/database/open.h"
#include "ports/hint_line.h"

namespace tallyman::database {

struct HintLineOptions {
  std::string_view channel;
  std::string_view own_id;  // what this program tells itself is not heard
};

// The order book of `url`, as open_database() takes it. Connects at open() only. None on SQLite:
// one program alone uses the file.
std::unique_ptr<ports::HintLine> make_hint_line(std::string_view url, OpenDeps deps,
                                                HintLineOptions options);

}  // namespace tallyman::database
