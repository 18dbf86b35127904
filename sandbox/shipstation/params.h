// The query of one request: names without regard to case, empty values as absent, the first thing
// that cannot be read kept as the problem.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "domain/base/zone.h"
#include "http_server/message.h"
#include "sandbox/shipstation/behaviour.h"

namespace tallyman::sandbox {

std::string lower(std::string_view text);

// Stamps from `from` up to but not including `until`.
struct StampRange {
  LocalTime from = LocalTime::min();
  LocalTime until = LocalTime::max();
  bool has(LocalTime at) const { return from <= at && at < until; }
  bool is_everything() const { return from == LocalTime::min() && until == LocalTime::max(); }
};

struct BadParam {
  std::string name;
  std::string why;
};

class Params {
 public:
  explicit Params(const http_server::Request& request) : request_(request) {}

  std::string text(std::string_view name) const;
  std::optional<std::int64_t> whole(std::string_view name);
  std::int64_t whole_or(std::string_view name, std::int64_t otherwise);
  bool flag(std::string_view name) const { return lower(text(name)) == "true"; }
  // "<name>Start" and "<name>End".
  StampRange range(const std::string& name, const Zone& zone, StartBound start, EndBound end);

  void refuse(std::string_view name, std::string why);
  const std::optional<BadParam>& bad() const { return bad_; }

 private:
  std::optional<LocalTime> bound(const std::string& name, const Zone& zone);
  const http_server::Request& request_;
  std::optional<BadParam> bad_;
};

}  // namespace tallyman::sandbox
