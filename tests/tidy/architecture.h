// The two tables of ARCHITECTURE.md, read as they stand: rooms, and where a library's headers may
// be seen.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace tallyman::tidy {

struct Room {
  std::string name;
  std::string folder;                    // "src/domain/base"
  std::vector<std::string> may_include;  // names of rooms, "domain" or "everything"
};

struct HeaderRow {
  std::string prefix;                // "boost/beast"
  std::vector<std::string> only_in;  // folders or files, or "anywhere"
};

struct Architecture {
  std::vector<Room> rooms;
  std::vector<HeaderRow> headers;
  std::vector<std::string> signposts;  // paths that a reader is sent to
  std::vector<std::string> problems;   // a table that is missing or names an unknown room
};

Architecture read_architecture(std::string_view markdown);

// The room whose folder holds this path, the deepest one; or none.
const Room* room_of(const Architecture& house, std::string_view path);

bool allows(const Room& from, const Room& to);

// The row with the longest prefix of this header, or none.
const HeaderRow* header_row(const Architecture& house, std::string_view header);

}  // namespace tallyman::tidy
