// Reads the text of /metrics as Prometheus does (exposition format 0.0.4), and complains about
// whatever Prometheus would not take.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace tallyman::tests {

struct Exposition {
  std::map<std::string, std::string> kinds;  // family -> "counter", "gauge", "histogram"
  std::map<std::string, double> samples;     // R"(name{a="x",b="y"})" as written -> value
  std::vector<std::string> complaints;

  std::optional<double> value(const std::string& series) const {
    const auto found = samples.find(series);
    if (found == samples.end()) return std::nullopt;
    return found->second;
  }
};

Exposition read_exposition(std::string_view text);

}  // namespace tallyman::tests
