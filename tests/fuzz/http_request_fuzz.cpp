// Whatever bytes a stranger sends: the parsers of a request neither crash nor let through what
// they promise to refuse.
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "http_server/head.h"
#include "http_server/target.h"

namespace {

using namespace tallyman::http_server;

void require(bool holds) {
  if (!holds) __builtin_trap();
}

// The end must be found the same whether the bytes come at once or one by one.
void compare_with_trickle(std::string_view bytes, const Limits& limits) {
  const auto whole = find_head_end(bytes, 0, limits);
  for (std::size_t size = 1; size <= bytes.size(); ++size) {
    const auto part = find_head_end(bytes.substr(0, size), size - 1, limits);
    if (part && !*part) continue;
    require(part.has_value() == whole.has_value());
    if (part) require(**part == **whole);
    return;
  }
  require(bytes.empty() || (whole && !*whole));
}

void check_target(const Target& target) {
  require(target.path.starts_with('/'));
  require(target.path.find('\0') == std::string::npos);
  require((target.path + "/").find("/../") == std::string::npos);
  for (const auto& [name, value] : target.query) {
    require((name + value).find('\0') == std::string::npos);
  }
}

void check_head(const Head& head) {
  require(is_token(head.method));
  require(!(head.chunked && head.content_length));
  for (const auto& [name, value] : head.headers) require(is_token(name) && is_field_value(value));
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  Limits limits;
  limits.head_bytes = 512;
  limits.target_bytes = 128;
  limits.header_count = 8;
  compare_with_trickle(bytes, limits);
  if (const auto target = parse_target(bytes)) check_target(*target);
  const auto end = find_head_end(bytes, 0, limits);
  if (!end || !*end) return 0;
  const auto head = parse_head(bytes.substr(0, **end), limits);
  if (!head) return 0;
  check_head(*head);
  if (const auto target = parse_target(head->target)) check_target(*target);
  return 0;
}
