#include "tidy/architecture.h"

#include <algorithm>
#include <cstddef>

#include "tidy/source.h"

namespace tallyman::tidy {
namespace {

std::string trimmed(std::string_view text) {
  const auto first = text.find_first_not_of(" \t`\r");
  if (first == std::string_view::npos) return {};
  return std::string(text.substr(first, text.find_last_not_of(" \t`\r") - first + 1));
}

std::vector<std::string> split(std::string_view text, char mark) {
  std::vector<std::string> parts;
  while (true) {
    const auto end = text.find(mark);
    parts.push_back(trimmed(text.substr(0, end)));
    if (end == std::string_view::npos) return parts;
    text.remove_prefix(end + 1);
  }
}

std::vector<std::string> words(std::string_view cell) {
  auto parts = split(cell, ',');
  std::erase(parts, std::string{});
  return parts;
}

// "| a | b |" as {"a", "b"}; anything else as {}.
std::vector<std::string> cells(const std::string& line) {
  if (line.size() < 2 || line.front() != '|' || line.back() != '|') return {};
  return split(std::string_view(line).substr(1, line.size() - 2), '|');
}

enum class Table { none, rooms, headers, signposts };

bool is_rule(const std::vector<std::string>& row) {
  return row.front().find_first_not_of("-:") == std::string::npos;
}

bool is_group(std::string_view word) { return word == "domain" || word == "everything"; }

}  // namespace

Architecture read_architecture(std::string_view markdown) {
  Architecture house;
  Table table = Table::none;
  for (const auto& line : split(markdown, '\n')) {
    const auto row = cells(line);
    if (row.size() < 2) {
      table = Table::none;
    } else if (row[0] == "what" && row[1] == "where") {
      table = Table::signposts;
    } else if (row[0] == "room" && row.size() > 2 && row[1] == "folder" &&
               row[2] == "may include") {
      table = Table::rooms;
    } else if (row[0] == "header" && row[1] == "only in") {
      table = Table::headers;
    } else if (is_rule(row)) {
      continue;
    } else if (table == Table::rooms && row.size() > 2) {
      house.rooms.push_back({row[0], row[1], words(row[2])});
    } else if (table == Table::signposts) {
      house.signposts.push_back(row[1]);
    } else if (table == Table::headers) {
      for (auto& prefix : words(row[0])) house.headers.push_back({prefix, words(row[1])});
    }
  }
  if (house.rooms.empty()) house.problems.emplace_back("no table | room | folder | may include |");
  if (house.headers.empty()) house.problems.emplace_back("no table | header | only in | why |");
  for (const auto& room : house.rooms) {
    for (const auto& word : room.may_include) {
      if (is_group(word) ||
          std::ranges::find(house.rooms, word, &Room::name) != house.rooms.end()) {
        continue;
      }
      house.problems.push_back("room '" + room.name + "' may include '" + word +
                               "', which is not a room");
    }
  }
  return house;
}

const Room* room_of(const Architecture& house, std::string_view path) {
  const Room* deepest = nullptr;
  for (const auto& room : house.rooms) {
    if (!is_below(path, room.folder)) continue;
    if (deepest == nullptr || room.folder.size() > deepest->folder.size()) deepest = &room;
  }
  return deepest;
}

bool allows(const Room& from, const Room& to) {
  if (from.name == to.name) return true;
  return std::ranges::any_of(from.may_include, [&](const std::string& word) {
    return word == to.name || word == "everything" ||
           (word == "domain" && is_below(to.folder, "src/domain"));
  });
}

const HeaderRow* header_row(const Architecture& house, std::string_view header) {
  const HeaderRow* longest = nullptr;
  for (const auto& row : house.headers) {
    if (!header.starts_with(row.prefix)) continue;
    if (longest == nullptr || row.prefix.size() > longest->prefix.size()) longest = &row;
  }
  return longest;
}

}  // namespace tallyman::tidy
