// What can only be seen over the whole tree: rooms and their folders, tests and what they mirror.
#include <algorithm>
#include <array>
#include <filesystem>
#include <string>

#include "tidy/rules.h"

namespace tallyman::tidy {
namespace {

namespace fs = std::filesystem;

// Folders of tests that do not mirror src.
constexpr std::array<std::string_view, 10> kKindsOfTests{
    "wire", "conformance", "stories", "e2e", "migrations",
    "tidy", "repro",       "support", "web", "fuzz"};

bool holds_sources(const std::vector<Source>& sources, const std::string& folder) {
  return std::ranges::any_of(sources,
                             [&](const Source& source) { return is_below(source.path, folder); });
}

void check_rooms(const std::vector<Source>& sources, const Architecture& house, Findings& found) {
  for (const auto& problem : house.problems) {
    found.push_back({"room", "ARCHITECTURE.md", 0, problem});
  }
  for (const auto& room : house.rooms) {
    if (holds_sources(sources, room.folder)) continue;
    found.push_back({"room", room.folder, 0,
                     "ARCHITECTURE.md has the room '" + room.name + "', but nothing lives there"});
  }
  for (const auto& source : sources) {
    if (!is_below(source.path, "src") && !is_below(source.path, "sandbox")) continue;
    if (room_of(house, source.path) != nullptr) continue;
    found.push_back({"room", source.path, 0, "this folder is no room of ARCHITECTURE.md"});
  }
}

void check_mirror(const fs::path& root, const Source& source, Findings& found) {
  if (!is_below(source.path, "tests") || !source.path.ends_with(".cpp")) return;
  const auto within = fs::path(source.path).lexically_relative("tests");
  const auto kind = within.begin()->string();
  if (std::ranges::find(kKindsOfTests, kind) != kKindsOfTests.end()) return;
  const auto folder = within.parent_path();
  const auto mirrored = kind == "sandbox" ? root / folder : root / "src" / folder;
  if (!fs::is_directory(mirrored)) {
    found.push_back(
        {"mirror", source.path, 0,
         "tests mirror src path for path, but there is no src/" + folder.generic_string()});
  }
  const bool has_tests = std::ranges::any_of(source.code, [](const std::string& line) {
    return line.starts_with("TEST(") || line.starts_with("TEST_F(") ||
           line.starts_with("TEST_P(") || line.starts_with("RC_GTEST_PROP(");
  });
  if (has_tests && !source.path.ends_with("_test.cpp")) {
    found.push_back({"mirror", source.path, 0, "a file with tests is called …_test.cpp"});
  }
}

}  // namespace

void check_places(const fs::path& root, const std::vector<Source>& sources,
                  const Architecture& house, Findings& found) {
  check_rooms(sources, house, found);
  for (const auto& path : house.signposts) {
    if (fs::exists(root / path)) continue;
    found.push_back(
        {"signpost", "ARCHITECTURE.md", 0, "sends the reader to " + path + ", which is gone"});
  }
  for (const auto& source : sources) check_mirror(root, source, found);
}

}  // namespace tallyman::tidy
