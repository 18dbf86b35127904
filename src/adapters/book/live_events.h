// What changed, for pages that watch: hints that commit with the change itself. Never the change's
// only record, and kept for an hour.
#pragma once

#include <string_view>

#include "ports/database.h"

namespace tallyman::book {

// `kind`: "job.progress", "alert.opened", … `data`: a small JSON object.
void publish(ports::Tx& tx, std::string_view kind, std::string_view data);

}  // namespace tallyman::book
