// The API over a book that a real sync has filled, in virtual time.
#pragma once

#include <gtest/gtest.h>
#include <boost/json.hpp>

#include "api/contract.h"
#include "api/live_feed.h"
#include "api/routes.h"
#include "http_server/target.h"
#include "stories/story.h"

namespace tallyman::tests {

class ApiTest : public testing::Test {
 protected:
  ApiTest()
      : context_{.database = story_.database(),
                 .clock = story_.clock(),
                 .warehouse = pacific(),
                 .known_skus = story_.settings().routing.known_skus,
                 .status = {},
                 .version = "test",
                 .wake_jobs = [this] { ++wakes_; },
                 .node_id = "this node"},
        handler_(api::make_handler(context_)) {
    context_.live = &live_;
  }

  http_server::Response send(const std::string& method, const std::string& target,
                             ports::Headers headers = {}, std::string body = {}) {
    const auto parsed = http_server::parse_target(target).value();
    http_server::Request request;
    request.method = method;
    request.path = parsed.path;
    request.query = parsed.query;
    request.headers = std::move(headers);
    request.body = std::move(body);
    request.peer = "unix";  // whoever runs the program, over its own socket
    return send(request);
  }

  // Every answer is held against the API's own description.
  http_server::Response send(const http_server::Request& request) {
    auto response = handler_(request);
    for (const auto& complaint : Contract::of_this_program().complaints(request, response)) {
      ADD_FAILURE() << request.method << " " << request.path << ", " << response.status << ": "
                    << complaint;
    }
    return response;
  }

  boost::json::object get(const std::string& target) {
    const auto response = send("GET", target);
    EXPECT_EQ(response.status, 200) << target << ": " << response.body;
    return boost::json::parse(response.body).as_object();
  }

  std::int64_t manual_order(const std::string& number) {
    sandbox::OrderSpec spec;
    spec.number = number;
    spec.items.push_back({.sku = "17612 - 250340", .quantity = 2});
    return story_.world().create_order(spec);
  }

  Story story_;
  NoThreads threads_;
  int wakes_ = 0;  // how often somebody was told to look at once
  api::Context context_;
  api::LiveFeed live_{story_.database(), story_.clock(), threads_, "test"};  // never started
  http_server::Handler handler_;
};

}  // namespace tallyman::tests
