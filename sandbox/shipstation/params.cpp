#include "sandbox/shipstation/params.h"

#include <algorithm>
#include <cctype>
#include <charconv>

#include <fmt/format.h>

#include "sandbox/stamps.h"

namespace tallyman::sandbox {

std::string lower(std::string_view text) {
  std::string low(text);
  std::ranges::transform(low, low.begin(), [](char c) {
    return static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  });
  return low;
}

std::string Params::text(std::string_view name) const {
  const std::string wanted = lower(name);
  for (const auto& [key, value] : request_.query) {
    if (lower(key) == wanted) return value;
  }
  return {};
}

std::optional<std::int64_t> Params::whole(std::string_view name) {
  const std::string value = text(name);
  if (value.empty()) return std::nullopt;
  std::int64_t number = 0;
  const auto [end, error] = std::from_chars(value.data(), value.data() + value.size(), number);
  if (error == std::errc{} && end == value.data() + value.size()) return number;
  refuse(name, fmt::format("The value '{}' is not valid for Int64.", value));
  return std::nullopt;
}

std::int64_t Params::whole_or(std::string_view name, std::int64_t otherwise) {
  return whole(name).value_or(otherwise);
}

std::optional<LocalTime> Params::bound(const std::string& name, const Zone& zone) {
  const std::string value = text(name);
  if (value.empty()) return std::nullopt;
  const auto at = bound_from_text(value, zone);
  if (at) return *at;
  refuse(name, fmt::format("The value '{}' is not valid for Nullable`1.", value));
  return std::nullopt;
}

StampRange Params::range(const std::string& name, const Zone& zone, StartBound start,
                         EndBound end) {
  using std::chrono::seconds;
  StampRange range;
  if (const auto from = bound(name + "Start", zone)) {
    switch (start) {
      case StartBound::exclusive: range.from = *from + Micros{1}; break;
      case StartBound::inclusive: range.from = *from; break;
      case StartBound::after_its_second: range.from = *from + seconds{1}; break;
    }
  }
  if (const auto until = bound(name + "End", zone)) {
    switch (end) {
      case EndBound::inclusive: range.until = *until + Micros{1}; break;
      case EndBound::exclusive: range.until = *until; break;
      case EndBound::through_its_second: range.until = *until + seconds{1}; break;
    }
  }
  return range;
}

void Params::refuse(std::string_view name, std::string why) {
  if (!bad_) bad_ = BadParam{std::string(name), std::move(why)};
}

}  // namespace tallyman::sandbox
