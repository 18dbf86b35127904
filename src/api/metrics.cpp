// /metrics: for Prometheus. Open to this machine, else to whoever may look at the pages.

#include <array>

#include "api/guard.h"
#include "api/meters.h"
#include "api/problem.h"
#include "api/routes.h"

namespace tallyman::api {

namespace {

http_server::Response get_metrics(const Context& context, const Call& call) {
  if (!may_watch(context, call.request)) {
    throw Refusal{401, "Sign in first",
                  "From another machine /metrics needs an API token of the role viewer."};
  }
  if (context.meters == nullptr) {
    throw Refusal{503, "No metrics", "This program counts nothing; a server does."};
  }
  return {.status = 200,
          .headers = {{"Content-Type", "text/plain; version=0.0.4; charset=utf-8"},
                      {"Cache-Control", "no-store"}},
          .body = context.meters->text()};
}

}  // namespace

std::span<const Route> metric_routes() {
  static constexpr std::array kRoutes = {
      Route{.method = "GET",
            .pattern = "/metrics",
            .operation = "getMetrics",
            .summary = "Numbers for Prometheus",
            .access = Access::anybody,
            .answer = get_metrics,
            .media = "text/plain"},
  };
  return kRoutes;
}

}  // namespace tallyman::api
