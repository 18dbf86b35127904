// The pages' files as they lie in the binary: a table made at build time by src/api/embed.
#pragma once

#include <cstddef>
#include <span>
#include <string_view>

namespace tallyman::api {

struct Asset {
  std::string_view path;  // "/assets/index-1a2b.js", sorted ascending
  std::string_view mime;
  std::string_view etag;  // 20 hex digits of the content's SHA-256, without quotes
  bool immutable;         // the name carries a hash: never changes, may be kept for ever
  std::size_t size;       // bytes before compression
  std::string_view gzip;  // the body, gzip -9
};

std::span<const Asset> assets();

}  // namespace tallyman::api
