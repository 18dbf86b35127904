// Who may include whom, which library headers are visible where, and the form of an include line.
#include <algorithm>
#include <array>
#include <optional>
#include <string>

#include "tidy/rules.h"

namespace tallyman::tidy {
namespace {

struct Include {
  std::string path;
  bool quoted = false;
};

// The contents of quotes are blank in `code`, so the line itself is read.
std::optional<Include> include_on(const Source& source, std::size_t index) {
  if (source.code[index].find('#') == std::string::npos) return std::nullopt;
  const auto& line = source.lines[index];
  const auto word = line.find("include");
  const auto first = line.find_first_not_of(" \t");
  if (first == std::string::npos || line[first] != '#' || word == std::string::npos) {
    return std::nullopt;
  }
  const auto open = line.find_first_of("\"<", word);
  if (open == std::string::npos) return std::nullopt;
  const bool quoted = line[open] == '"';
  const auto close = line.find(quoted ? '"' : '>', open + 1);
  if (close == std::string::npos) return std::nullopt;
  return Include{line.substr(open + 1, close - open - 1), quoted};
}

bool is_tree_of_tests(std::string_view path) {
  return is_below(path, "tests") || is_below(path, "bench");
}

// "domain/base/ids.h" stands in src; the sandbox is beside it.
std::string place_of(const std::string& include) {
  return is_below(include, "sandbox") ? include : "src/" + include;
}

// The standard library has no ending; its C names that C++ also offers do not belong in new code.
bool is_standard(std::string_view header) {
  return header.find('.') == std::string_view::npos && header.find('/') == std::string_view::npos;
}

// What a pure room must not even see.
constexpr std::array<std::string_view, 15> kImpure{
    "thread",     "mutex",     "shared_mutex", "condition_variable", "future",     "atomic",
    "stop_token", "random",    "fstream",      "iostream",           "filesystem", "ctime",
    "csignal",    "semaphore", "execution"};

void check_system(const Source& source, const Include& include, int line, const Architecture& house,
                  Findings& found) {
  const bool pure = is_below(source.path, "src/domain");
  if (pure && std::ranges::find(kImpure, include.path) != kImpure.end()) {
    found.push_back({"pure", source.path, line,
                     "<" + include.path +
                         "> in the domain: threads, files, clocks and chance come "
                         "from outside, through a port"});
  }
  if (is_standard(include.path)) return;
  const auto* row = header_row(house, include.path);
  if (row == nullptr) {
    found.push_back({"header", source.path, line,
                     "<" + include.path + "> is in no row of the header table in ARCHITECTURE.md"});
    return;
  }
  const bool allowed = std::ranges::any_of(row->only_in, [&](const std::string& place) {
    return place == "anywhere" || is_below(source.path, place);
  });
  if (!allowed) {
    found.push_back({"header", source.path, line,
                     "<" + include.path + "> is not for this file: see the row `" + row->prefix +
                         "` in ARCHITECTURE.md"});
  }
}

void check_ours(const Source& source, const Include& include, int line, const Architecture& house,
                Findings& found) {
  if (include.path.find('/') == std::string::npos || include.path.starts_with(".")) {
    found.push_back(
        {"include", source.path, line, "\"" + include.path + "\": write the full path from src/"});
    return;
  }
  const auto* from = room_of(house, source.path);
  if (from == nullptr) return;  // reported once by check_places
  const auto* to = room_of(house, place_of(include.path));
  if (to == nullptr) {
    found.push_back({"include", source.path, line,
                     "\"" + include.path + "\" is in no room; libraries go in <>"});
  } else if (!allows(*from, *to)) {
    found.push_back({"include", source.path, line,
                     "room '" + from->name + "' may not include \"" + include.path + "\" of '" +
                         to->name + "' (ARCHITECTURE.md)"});
  }
}

}  // namespace

void check_includes(const Source& source, const Architecture& house, Findings& found) {
  if (!is_cpp(source.path) || is_tree_of_tests(source.path)) return;
  for (std::size_t index = 0; index < source.lines.size(); ++index) {
    const auto include = include_on(source, index);
    if (!include) continue;
    const int line = static_cast<int>(index) + 1;
    if (include->quoted) {
      check_ours(source, *include, line, house, found);
    } else {
      check_system(source, *include, line, house, found);
    }
  }
}

}  // namespace tallyman::tidy
