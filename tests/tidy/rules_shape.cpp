// The shape of a file: its length, its columns, its first lines, and what a `catch (...)` does.
#include <algorithm>
#include <array>
#include <string>

#include "tidy/rules.h"

namespace tallyman::tidy {
namespace {

constexpr std::size_t kMaxLines = 600;
constexpr std::size_t kMaxColumns = 100;

std::size_t columns(std::string_view line) {
  return static_cast<std::size_t>(std::ranges::count_if(
      line, [](char byte) { return (static_cast<unsigned char>(byte) & 0xC0U) != 0x80U; }));
}

void check_length(const Source& source, Findings& found) {
  if (source.lines.size() <= kMaxLines) return;
  found.push_back({"length", source.path, 0,
                   std::to_string(source.lines.size()) + " lines; at most " +
                       std::to_string(kMaxLines) + ", unless it is a listed table"});
}

void check_columns(const Source& source, Findings& found) {
  if (!is_cpp(source.path)) return;
  for (std::size_t index = 0; index < source.lines.size(); ++index) {
    const auto& line = source.lines[index];
    if (columns(line) <= kMaxColumns || line.find("://") != std::string::npos) continue;
    found.push_back({"columns", source.path, static_cast<int>(index) + 1,
                     std::to_string(columns(line)) + " columns; at most 100"});
  }
}

void check_opening(const Source& source, Findings& found) {
  if (!is_header(source.path)) return;
  if (source.lines.empty() || !source.lines.front().starts_with("//")) {
    found.push_back({"opening", source.path, 1, "a header opens by saying why it exists"});
  }
  if (std::ranges::find(source.lines, "#pragma once") == source.lines.end()) {
    found.push_back({"opening", source.path, 1, "#pragma once is missing"});
  }
}

bool contains(std::string_view text, std::string_view what) {
  return text.find(what) != std::string_view::npos;
}

// From the catch to the brace that ends its block; true when it passes the failure on or says why
// not.
bool handles(const Source& source, std::size_t line, std::size_t column) {
  int depth = 0;
  bool inside = false;
  for (; line < source.code.size(); ++line, column = 0) {
    const auto& code = source.code[line];
    if (contains(source.comments[line], "//") || contains(code, "throw;") ||
        contains(code, "current_exception") || contains(code, "rethrow")) {
      return true;
    }
    for (; column < code.size(); ++column) {
      if (code[column] == '{') ++depth, inside = true;
      if (code[column] == '}') --depth;
      if (inside && depth == 0) return false;
    }
  }
  return false;
}

void check_catch(const Source& source, Findings& found) {
  if (!is_cpp(source.path)) return;
  for (std::size_t index = 0; index < source.code.size(); ++index) {
    const auto at = source.code[index].find("catch (...)");
    if (at == std::string::npos || handles(source, index, at)) continue;
    found.push_back({"catch", source.path, static_cast<int>(index) + 1,
                     "catch (...) neither throws on nor says why the failure ends here"});
  }
}

constexpr std::array<std::string_view, 8> kBadNames{"util",   "utils", "helper",  "helpers",
                                                    "common", "misc",  "manager", "stuff"};

void check_name(const Source& source, Findings& found) {
  std::string_view rest = source.path;
  while (!rest.empty()) {
    const auto end = rest.find('/');
    const auto part = rest.substr(0, end);
    const auto stem = part.substr(0, part.find('.'));
    if (std::ranges::find(kBadNames, stem) != kBadNames.end()) {
      found.push_back({"name", source.path, 0,
                       "'" + std::string(stem) + "' says nothing: name it by what lives there"});
    }
    if (end == std::string_view::npos) return;
    rest.remove_prefix(end + 1);
  }
}

}  // namespace

void check_shape(const Source& source, Findings& found) {
  check_length(source, found);
  check_columns(source, found);
  check_opening(source, found);
  check_catch(source, found);
  check_name(source, found);
}

}  // namespace tallyman::tidy
