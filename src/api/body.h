// A JSON request body, read member by member. What is missing, of another kind or not asked for at
// all is refused in words; a member that a handler does not read can change nothing.
//   Body body(call.request);
//   const auto reason = body.text("reason", {.least = 3, .most = 500});
//   body.done();
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <boost/json.hpp>

#include "domain/base/time.h"
#include "http_server/message.h"

namespace tallyman::api {

// Sent as application/json; a form or plain text is what a page elsewhere can make a browser send
// without asking first.
bool is_json(const http_server::Request& request);

inline constexpr std::size_t kLargestBody = 1U << 20U;            // bytes
inline constexpr std::string_view kFilePath = "/api/v1/imports";  // files may be larger there

class Body {
 public:
  struct Length {  // in bytes of UTF-8
    std::size_t least = 1;
    std::size_t most = 500;
  };

  // Nothing sent counts as "{}". Throws Refusal: 415 when it was not sent as application/json, 413
  // beyond 1 MiB, 400 when it is no JSON object or more than 64 deep.
  explicit Body(const http_server::Request& request);

  // Each throws Refusal 400 when the member is not what it must be. `optional_…`: none when it is
  // absent or null; the others insist on it.
  std::string text(std::string_view name, Length length);
  std::string text(std::string_view name) { return text(name, Length{}); }
  std::optional<std::string> optional_text(std::string_view name, Length length);
  std::optional<std::string> optional_text(std::string_view name) {
    return optional_text(name, Length{});
  }
  std::int64_t number(std::string_view name, std::int64_t least, std::int64_t most);
  std::optional<std::int64_t> optional_number(std::string_view name, std::int64_t least,
                                              std::int64_t most);
  bool flag(std::string_view name);
  std::optional<bool> optional_flag(std::string_view name);
  std::optional<Instant> optional_instant(std::string_view name);  // RFC 3339
  std::vector<std::string> texts(std::string_view name, std::size_t most, Length each);

  // Objects, each to be read like a body of its own (done() included).
  std::vector<Body> objects(std::string_view name, std::size_t most);

  // Whether it was sent at all, be it as null.
  bool has(std::string_view name);

  // After the last member was read. Throws Refusal 400 naming one that nobody asked for.
  void done() const;

 private:
  explicit Body(boost::json::object members) : members_(std::move(members)) {}
  const boost::json::value* find(std::string_view name);

  boost::json::object members_;
  std::vector<std::string> asked_;
};

}  // namespace tallyman::api
