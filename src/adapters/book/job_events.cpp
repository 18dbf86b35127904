#include "adapters/book/job_events.h"

#include <boost/json.hpp>

#include "adapters/book/live_events.h"

namespace tallyman::book {

namespace {

namespace json = boost::json;

void publish_object(ports::Tx& tx, std::string_view kind, const json::object& data) {
  publish(tx, kind, json::serialize(data));
}

}  // namespace

void publish_job_changed(ports::Tx& tx, JobId id, std::string_view kind, work::JobState state) {
  publish_object(tx, "job.changed",
                 {{"job_id", id.value}, {"kind", kind}, {"state", work::word(state)}});
}

void publish_job_done(ports::Tx& tx, JobId id, std::string_view kind, std::string_view outcome,
                      std::string_view message) {
  publish_object(
      tx, "job.done",
      {{"job_id", id.value}, {"kind", kind}, {"outcome", outcome}, {"message", message}});
}

void publish_job_progress(ports::Tx& tx, JobId id, std::string_view kind, std::string_view phase,
                          std::int64_t done, std::int64_t total) {
  publish_object(
      tx, "job.progress",
      {{"job_id", id.value}, {"kind", kind}, {"done", done}, {"total", total}, {"phase", phase}});
}

}  // namespace tallyman::book
