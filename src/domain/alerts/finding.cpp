#include "domain/alerts/finding.h"

#include <algorithm>
#include <array>

#include "domain/base/digest.h"

namespace tallyman::alerts {

namespace {

constexpr std::array<std::string_view, 3> kWords{"info", "warning", "critical"};

// Lengths keep "ab", "c" and "a", "bc" apart.
void add(std::string& text, std::string_view part) {
  text += std::to_string(part.size());
  text += ':';
  text += part;
  text += '\n';
}

}  // namespace

std::string_view word(Severity severity) { return kWords.at(static_cast<std::size_t>(severity)); }

std::optional<Severity> severity_from(std::string_view text) {
  for (const auto severity : {Severity::info, Severity::warning, Severity::critical}) {
    if (text == word(severity)) return severity;
  }
  return std::nullopt;
}

std::string fact_hash(const Finding& finding) {
  auto facts = finding.facts;
  std::ranges::sort(facts);
  std::string text;
  add(text, finding.rule);
  add(text, finding.subject);
  add(text, word(finding.severity));
  for (const auto& [name, value] : facts) {
    add(text, name);
    add(text, value);
  }
  return "v1:" + sha256_hex(text);
}

}  // namespace tallyman::alerts
