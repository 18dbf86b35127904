// What the tests of this room share: files, the zone, short words for times and pages.
#pragma once

#include <cstdlib>
#include <fstream>
#include <iterator>
#include <stdexcept>
#include <string>
#include <string_view>

#include "adapters/time/zones.h"
#include "domain/base/time.h"
#include "domain/base/zone.h"

namespace tallyman::shipstation {

// Throws when the file is missing: a test without its evidence fails.
inline std::string file_text(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  if (!file) throw std::runtime_error("missing file: " + path);
  return {std::istreambuf_iterator<char>(file), {}};
}

// A captured document of the partner, read where it lies. The environment may name another folder.
inline std::string captured(const std::string& name) {
  const char* folder = std::getenv("TALLYMAN_SHARED_DIR");
  return file_text(std::string{folder == nullptr ? TALLYMAN_SHARED_DIR : folder} +
                   "/data/shipstation/" + name);
}

// A document we invented with the real member set.
inline std::string invented(const std::string& name) {
  return file_text(std::string{TALLYMAN_SOURCE_DIR} + "/tests/wire/shipstation/" + name);
}

inline const Zone& pacific() {
  static const Zone zone = timing::load_zone("America/Los_Angeles").value();
  return zone;
}

inline Instant at(std::string_view text) { return instant_from_text(text).value(); }
inline Day day(std::string_view text) { return day_from_text(text).value(); }

}  // namespace tallyman::shipstation
