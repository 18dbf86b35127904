#include "views/jobs.h"

#include <chrono>
#include <span>
#include <utility>

namespace tallyman::views {

namespace {

constexpr Micros kSilence = std::chrono::seconds{60};  // four heartbeats missed

std::string_view state_of(const book::Node& node, Instant now) {
  if (node.stopped) return "stopped";
  return now - node.heartbeat > kSilence ? "silent" : "up";
}

}  // namespace

JobPage job_page(ports::Tx& tx, const book::JobFilter& filter, std::optional<JobId> before,
                 std::int64_t limit) {
  auto jobs = book::list_jobs(tx, filter, before, limit + 1);
  JobPage page;
  if (static_cast<std::int64_t>(jobs.size()) > limit) {
    jobs.pop_back();
    page.next = jobs.back().id;
  }
  auto needs = book::list_needs(tx, jobs);
  for (std::size_t i = 0; i < jobs.size(); ++i) {
    page.rows.push_back({.job = std::move(jobs[i]), .needs = std::move(needs[i])});
  }
  page.counts = book::count_jobs(tx, filter.without_done);
  return page;
}

std::optional<JobRow> job_row(ports::Tx& tx, JobId id) {
  auto job = book::find_job(tx, id);
  if (!job) return std::nullopt;
  auto needs = book::list_needs(tx, std::span(&*job, 1));
  return JobRow{.job = std::move(*job), .needs = std::move(needs.front())};
}

std::optional<JobDetail> job_detail(ports::Tx& tx, JobId id) {
  auto row = job_row(tx, id);
  if (!row) return std::nullopt;
  return JobDetail{.row = std::move(*row), .attempts = book::list_attempts(tx, id)};
}

std::optional<std::vector<book::RunLine>> job_log(ports::Tx& tx, JobId id, std::int64_t after,
                                                  std::int64_t limit) {
  if (!book::find_job(tx, id)) return std::nullopt;
  return book::list_job_lines(tx, id, after, limit);
}

std::vector<NodeRow> node_list(ports::Tx& tx) {
  std::vector<NodeRow> rows;
  for (auto& node : book::list_nodes(tx)) {
    const auto state = state_of(node, tx.now());
    rows.push_back({.node = std::move(node), .state = state});
  }
  return rows;
}

}  // namespace tallyman::views
