#include "app/config_file.h"

#include <algorithm>
#include <optional>
#include <utility>

#include <fmt/format.h>
#include <toml++/toml.h>

namespace tallyman::app {
namespace {

// A list of texts; whole numbers may stand for texts, because SKUs look like them.
FileValue list_value(const toml::array& array) {
  std::vector<std::string> texts;
  for (const auto& element : array) {
    if (const auto text = element.value_exact<std::string>()) {
      texts.push_back(*text);
    } else if (const auto number = element.value_exact<std::int64_t>()) {
      texts.push_back(std::to_string(*number));
    } else {
      return OtherValue{};
    }
  }
  return texts;
}

FileValue value_of(const toml::node& node) {
  if (const auto text = node.value_exact<std::string>()) return *text;
  if (const auto number = node.value_exact<std::int64_t>()) return *number;
  if (const auto flag = node.value_exact<bool>()) return *flag;
  if (const auto* array = node.as_array()) return list_value(*array);
  return OtherValue{};
}

void flatten(const toml::table& table, const std::string& prefix, std::vector<FileEntry>& into) {
  for (const auto& [name, node] : table) {
    const auto key = prefix + std::string(name.str());
    if (const auto* inner = node.as_table()) {
      flatten(*inner, key + ".", into);
    } else {
      into.push_back({key, value_of(node), static_cast<int>(name.source().begin.line)});
    }
  }
}

}  // namespace

Result<std::vector<FileEntry>> read_toml(std::string_view text, const std::string& name) {
  std::vector<FileEntry> entries;
  try {
    flatten(toml::parse(text, name), "", entries);
  } catch (const toml::parse_error& error) {
    const auto& at = error.source().begin;
    return problem(fmt::format("{}:{}: not TOML at column {}: {}", name, at.line, at.column,
                               error.description()));
  }
  std::ranges::stable_sort(entries, {}, &FileEntry::line);
  return entries;
}

}  // namespace tallyman::app
