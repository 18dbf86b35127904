#include "sandbox/request_log.h"

#include <cctype>

namespace tallyman::sandbox {
namespace {

constexpr std::size_t kMostRecent = 10'000;

// "/Orders/123/" → "/orders/{id}"
std::string pattern_of(std::string_view path) {
  std::string pattern;
  bool digits_only = false;
  for (const char raw : path) {
    const auto c = static_cast<char>(std::tolower(static_cast<unsigned char>(raw)));
    const bool is_digit = c >= '0' && c <= '9';
    if (is_digit && (digits_only || pattern.ends_with('/'))) {
      if (!digits_only) pattern += "{id}";
      digits_only = true;
      continue;
    }
    digits_only = false;
    pattern += c;
  }
  if (pattern.size() > 1 && pattern.ends_with('/')) pattern.pop_back();
  return pattern;
}

}  // namespace

void RequestLog::note(const http_server::Request& request, int status, Instant at) {
  const std::string path = pattern_of(request.path);
  ++counts_[{path, request.method, status}];
  ++total_;
  recent_.push_back({at, request.method, path, request.query, status});
  if (recent_.size() > kMostRecent) recent_.pop_front();
}

std::vector<RequestCount> RequestLog::counts() const {
  std::vector<RequestCount> all;
  for (const auto& [what, count] : counts_) {
    const auto& [path, method, status] = what;
    all.push_back({method, path, status, count});
  }
  return all;
}

}  // namespace tallyman::sandbox
