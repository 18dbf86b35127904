// The hints that pages get about jobs. Private to book.
#pragma once

#include <cstdint>
#include <string_view>

#include "domain/base/ids.h"
#include "domain/work/state.h"
#include "ports/database.h"

namespace tallyman::book {

void publish_job_changed(ports::Tx& tx, JobId id, std::string_view kind, work::JobState state);
void publish_job_done(ports::Tx& tx, JobId id, std::string_view kind, std::string_view outcome,
                      std::string_view message);
void publish_job_progress(ports::Tx& tx, JobId id, std::string_view kind, std::string_view phase,
                          std::int64_t done, std::int64_t total);

}  // namespace tallyman::book
