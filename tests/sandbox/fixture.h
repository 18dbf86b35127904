// A small world on a virtual clock, asked through SandboxHttp as a client would.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include <gtest/gtest.h>
#include <boost/json.hpp>

#include "sandbox/sandbox_http.h"
#include "sandbox/virtual_clock.h"
#include "sandbox/world.h"

namespace tallyman::sandbox {

namespace json = boost::json;
using namespace std::chrono_literals;

inline Instant at(std::string_view text) { return instant_from_text(text).value(); }

inline Zone pacific() {
  return Zone("America/Los_Angeles", {{at("2025-11-02T09:00:00Z"), -8h, "PST"},
                                      {at("2026-03-08T10:00:00Z"), -7h, "PDT"},
                                      {at("2026-11-01T09:00:00Z"), -8h, "PST"},
                                      {at("2027-03-14T10:00:00Z"), -7h, "PDT"}});
}

inline std::string word_of(const json::value& value) { return std::string(value.get_string()); }

// A request as the server hands it over.
inline http_server::Request served(std::string method, std::string path) {
  http_server::Request request;
  request.method = std::move(method);
  request.path = std::move(path);
  return request;
}

class SandboxTest : public ::testing::Test {
 protected:
  explicit SandboxTest(RateLimit limit = RateLimit::off, Behaviour behaviour = {})
      : world(clock, WorldSetup{.zone = pacific(),
                                .seed = 7,
                                .behaviour = behaviour,
                                .rate_limit = limit,
                                .advance = [this](Micros length) { clock.advance(length); }}) {}

  static ports::HttpRequest asking(const std::string& path) {
    ports::HttpRequest request;
    request.url = "https://ssapi.example.com" + path;
    request.auth =
        ports::BasicAuth{Secret{std::string(kDemoKey)}, Secret{std::string(kDemoSecret)}};
    return request;
  }
  ports::HttpResult try_get(const std::string& path) { return http.send(asking(path), {}); }
  ports::HttpResponse get(const std::string& path) {
    auto result = try_get(path);
    if (!result) throw std::runtime_error("no answer: " + result.error().what);
    return *result;
  }
  json::object read(const std::string& path) { return json::parse(get(path).body).get_object(); }
  ports::HttpResponse post(const std::string& path, const std::string& body) {
    auto request = asking(path);
    request.method = ports::HttpMethod::post;
    request.body = body;
    return http.send(request, {}).value();
  }
  // The ids of a list, in its order.
  std::vector<std::int64_t> ids(const std::string& path) {
    std::vector<std::int64_t> found;
    const json::object list = read(path);
    for (const auto& order : list.at("orders").get_array()) {
      found.push_back(order.at("orderId").get_int64());
    }
    return found;
  }
  std::int64_t order(std::string number, std::string sku = "17612 - 250340",
                     std::int64_t quantity = 1) {
    return world.create_order(
        {.number = std::move(number), .items = {{.sku = std::move(sku), .quantity = quantity}}});
  }
  void fault(Fault which, std::optional<std::int64_t> amount = std::nullopt) {
    world.set_fault({.fault = which, .amount = amount});
  }

  VirtualClock clock{at("2026-11-20T14:30:00Z")};
  World world;
  SandboxHttp http{world, clock};
};

}  // namespace tallyman::sandbox
