// /api/v1/events: what happens, as it happens (server-sent events).

#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "api/context.h"
#include "api/guard.h"
#include "api/live_feed.h"
#include "api/problem.h"
#include "api/routes.h"
#include "domain/base/whole_number.h"
#include "ports/statements.h"

namespace tallyman::api {

namespace {

// The first words of what is published; a whole kind ("job.done") may be asked for as well.
constexpr std::array<std::string_view, 7> kTopics = {"alert",    "breaker", "job",     "order",
                                                     "settings", "sync",    "workflow"};

void check_topic(std::string_view topic) {
  const auto first = topic.substr(0, topic.find('.'));
  if (std::ranges::find(kTopics, first) != kTopics.end()) return;
  throw Refusal{
      400, "Bad request",
      "topics is a list of alert, breaker, job, order, settings, sync and workflow, or of "
      "kinds such as job.done."};
}

std::vector<std::string> topics_in(const http_server::Request& request) {
  std::vector<std::string> topics;
  auto rest = http_server::find_query(request, "topics").value_or("");
  while (!rest.empty()) {
    const auto comma = rest.find(',');
    topics.emplace_back(rest.substr(0, comma));
    check_topic(topics.back());
    rest.remove_prefix(comma == std::string_view::npos ? rest.size() : comma + 1);
  }
  return topics;
}

std::optional<std::int64_t> last_id_in(const http_server::Request& request) {
  const auto text = ports::find_header(request.headers, "Last-Event-ID");
  if (!text || text->empty()) return std::nullopt;
  const auto id = whole_number(*text);
  if (!id || *id < 0) {
    throw Refusal{400, "Bad request", "Last-Event-ID is not one that this program handed out."};
  }
  return id;
}

http_server::Response get_events(const Context& context, const Call& call) {
  if (context.live == nullptr) {
    throw Refusal{503, "No live events", "This program tells nobody what happens; a server does."};
  }
  const Watch watch{.topics = topics_in(call.request),
                    .last_id = last_id_in(call.request),
                    .still_let_in = still_let_in(context, call.who)};
  // The feed is silent about a database that is away; the one who asks hears of it.
  ports::transact(context.database, ports::TxMode::read,
                  [](ports::Tx& tx) { views::live_start(tx, Micros{0}, 1); });
  http_server::Response response;
  response.headers = {{"Content-Type", "text/event-stream; charset=utf-8"},
                      {"Cache-Control", "no-store"},
                      {"X-Accel-Buffering", "no"}};  // a proxy that collects would hold it back
  response.stream_of = call.who.who;
  response.stream = [live = context.live, watch](auto writer) {
    live->watch(std::move(writer), watch);
  };
  return response;
}

}  // namespace

std::span<const Route> event_routes() {
  static constexpr std::array kQuery = {
      QueryRow{"topics", "string", "only these, with commas between: job,alert.opened"}};
  static constexpr std::array kRoutes = {
      Route{.method = "GET",
            .pattern = "/api/v1/events",
            .operation = "watchEvents",
            .summary = "What happens, as it happens (server-sent events)",
            .access = Access::viewer,
            .answer = get_events,
            .query = kQuery,
            .media = "text/event-stream",
            .use = Use::by_itself},
  };
  return kRoutes;
}

}  // namespace tallyman::api
