#include "tidy/rules.h"

#include <algorithm>
#include <charconv>
#include <fstream>
#include <iterator>
#include <map>
#include <optional>
#include <sstream>
#include <utility>

namespace tallyman::tidy {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kExceptions = "tests/tidy/exceptions.txt";

std::string read_text(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

std::string trimmed(const std::string& text) {
  const auto first = text.find_first_not_of(" \t");
  if (first == std::string::npos) return {};
  return text.substr(first, text.find_last_not_of(" \t") - first + 1);
}

std::vector<std::string> cells(const std::string& line) {
  std::vector<std::string> parts;
  std::istringstream in(line);
  for (std::string part; std::getline(in, part, '|');) parts.push_back(trimmed(part));
  return parts;
}

std::optional<std::size_t> number(const std::string& text) {
  std::size_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  return value;
}

// Takes the findings of this rule and file out; answers how many there were.
std::size_t take(const std::string& rule, const std::string& file, Findings& found) {
  return std::erase_if(found,
                       [&](const Finding& one) { return one.rule == rule && one.file == file; });
}

void apply_exception(const std::vector<std::string>& row, int line, Findings& found) {
  const auto complain = [&](std::string what) {
    found.push_back({"exceptions", std::string(kExceptions), line, std::move(what)});
  };
  const auto count = row.size() == 4 ? number(row[2]) : std::nullopt;
  if (!count || *count == 0 || row[3].empty()) {
    return complain("expected: rule | file | count | reason");
  }
  Findings kept = found;
  const auto had = take(row[0], row[1], kept);
  if (had > *count) {
    return complain(row[1] + " has " + std::to_string(had) + " findings of '" + row[0] +
                    "', the exception covers " + row[2] + ": it may only shrink");
  }
  found = std::move(kept);
  if (had < *count) {
    complain(row[1] + " has only " + std::to_string(had) + " findings of '" + row[0] +
             "' left: " + (had == 0 ? "remove the line" : "lower the count"));
  }
}

}  // namespace

std::string to_text(const Finding& finding) {
  return finding.file + (finding.line > 0 ? ":" + std::to_string(finding.line) : "") + ": [" +
         finding.rule + "] " + finding.what;
}

void apply_exceptions(std::string_view text, Findings& found) {
  std::istringstream in{std::string(text)};
  std::size_t used = 0;
  std::size_t at_most = 0;
  int number_of_line = 0;
  for (std::string line; std::getline(in, line);) {
    ++number_of_line;
    const auto row = cells(line);
    if (row.empty() || row[0].empty() || row[0].starts_with("#")) continue;
    if (row[0] == "at most" && row.size() == 2) {
      at_most = number(row[1]).value_or(0);
      continue;
    }
    ++used;
    apply_exception(row, number_of_line, found);
  }
  if (used == at_most) return;
  found.push_back({"exceptions", std::string(kExceptions), 0,
                   std::to_string(used) + " exceptions, but 'at most | " + std::to_string(at_most) +
                       "': lower it with every line that goes"});
}

Findings inspect(const fs::path& root) {
  const auto house = read_architecture(read_text(root / "ARCHITECTURE.md"));
  const auto sources = read_tree(root);
  Findings found;
  for (const auto& source : sources) {
    check_includes(source, house, found);
    check_words(source, found);
    check_shape(source, found);
    check_sql(source, found);
  }
  check_places(root, sources, house, found);
  apply_exceptions(read_text(root / kExceptions), found);
  std::ranges::sort(found, {}, [](const Finding& one) { return std::pair(one.file, one.line); });
  return found;
}

}  // namespace tallyman::tidy
