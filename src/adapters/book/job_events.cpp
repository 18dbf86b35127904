#include "adapters/book/job_events.h"

#include <boost/json.hpp>

#include "adapters/book/sql/live_events.h"
#include "ports/statements.h"

namespace tallyman::book {

namespace json = boost::json;

namespace {
constexpr std::size_t kHints = 20;  // of one transaction
}

void JobEvents::changed(JobId id, std::string_view kind, work::JobState state) {
  events_.push_back(
      {"job.changed", json::serialize(json::object{
                          {"job_id", id.value}, {"kind", kind}, {"state", work::word(state)}})});
}

void JobEvents::done(JobId id, std::string_view kind, std::string_view outcome,
                     std::string_view message) {
  events_.push_back(
      {"job.done",
       json::serialize(json::object{
           {"job_id", id.value}, {"kind", kind}, {"outcome", outcome}, {"message", message}})});
}

void JobEvents::progress(JobId id, std::string_view kind, std::string_view phase, std::int64_t done,
                         std::int64_t total) {
  events_.push_back({"job.progress", json::serialize(json::object{{"job_id", id.value},
                                                                  {"kind", kind},
                                                                  {"done", done},
                                                                  {"total", total},
                                                                  {"phase", phase}})});
}

void JobEvents::publish(ports::Tx& tx) const {
  std::vector<sql::PublishEvent::Params> rows;
  for (const auto& event : events_) {
    if (rows.size() == kHints) break;
    rows.push_back({.now_us = tx.now(), .kind = event.kind, .data = event.data});
  }
  ports::execute_each<sql::PublishEvent>(tx, rows);
}

}  // namespace tallyman::book
