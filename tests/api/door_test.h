// The API with people in it, on either database: browsers that keep cookies, programs with tokens,
// time that passes when told to.
#pragma once

#include <gtest/gtest.h>
#include <boost/json.hpp>

#include <map>
#include <memory>
#include <optional>
#include <string>

#include "adapters/secrets/passwords.h"
#include "adapters/time/seeded_random.h"
#include "adapters/time/virtual_clock.h"
#include "api/context.h"
#include "api/routes.h"
#include "support/databases.h"

namespace tallyman::tests {

inline constexpr std::string_view kHost = "tally.example";
inline constexpr std::string_view kAnaWords = "four tins of oats";  // Ana's password
inline constexpr std::string_view kBenWords = "seven jars of plums";

// The real hashes, cheap ones, and how many of them were worked on.
class CountedPasswords final : public ports::Passwords {
 public:
  std::string hash(const Secret& password) override {
    ++worked;
    return inner->hash(password);
  }
  bool matches(const Secret& password, const std::string& hash) override {
    ++worked;
    return inner->matches(password, hash);
  }
  bool is_outdated(const std::string& hash) const override { return inner->is_outdated(hash); }
  const std::string& of_nobody() const override { return inner->of_nobody(); }

  std::unique_ptr<ports::Passwords> inner =
      secrets::make_passwords({.passes = 1, .memory_kib = 8, .at_a_time = 2});
  int worked = 0;
};

class DoorTest : public testing::TestWithParam<ports::Dialect> {
 protected:
  DoorTest();
  ~DoorTest() override;

  // Through the handler, and held against the API's own description.
  http_server::Response send(http_server::Request request);
  // Straight into the book, without the API.
  void add_user(const std::string& name, const std::string& role, std::string_view words);
  std::string add_token(const std::string& role);  // its text
  void pass(Micros length);
  std::string one(const std::string& sql) { return rows(sql).at(0); }
  std::vector<std::string> rows(const std::string& sql);  // of one column of text
  std::string everything_stored();  // the whole database, as bytes or rows of text

  FreshDatabase fresh_;
  timing::VirtualClock clock_;
  timing::SeededRandom random_{11};
  CountedPasswords passwords_;
  std::unique_ptr<ports::Database> database_;
  struct Rest;  // what else a Context wants
  std::unique_ptr<Rest> rest_;
  api::Context& context_;
  http_server::Handler handler_;

  friend class Browser;
};

std::string header(const http_server::Response& response, std::string_view name);
boost::json::object parsed(const http_server::Response& response);
std::string detail_of(const http_server::Response& response);

// A browser somewhere on the warehouse's network, on one of our pages.
class Browser {
 public:
  explicit Browser(DoorTest& test, std::string peer = "10.0.0.5")
      : test_(test), peer_(std::move(peer)) {}

  http_server::Response get(const std::string& path) { return send("GET", path, {}); }
  http_server::Response send(const std::string& method, const std::string& path,
                             const boost::json::object& body);
  http_server::Response send(const std::string& method, const std::string& path) {
    return send(method, path, {});
  }
  http_server::Response sign_in(const std::string& name, std::string_view words);

  // What is sent along; a test may change or drop it.
  std::map<std::string, std::string> headers;
  std::string cookie;  // "tallyman=…"
  std::string csrf;

 private:
  http_server::Request request(const std::string& method, const std::string& path) const;
  void keep(const http_server::Response& response);

  DoorTest& test_;
  std::string peer_;
};

}  // namespace tallyman::tests
