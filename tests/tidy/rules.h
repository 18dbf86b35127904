// The rules of the house, applied to a tree of sources. What is allowed where is read from
// ARCHITECTURE.md; what is tolerated for now, with its reason, from tests/tidy/exceptions.txt.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "tidy/architecture.h"
#include "tidy/source.h"

namespace tallyman::tidy {

struct Finding {
  std::string rule;  // one word per rule: "include", "sql", "pure", "length" …
  std::string file;
  int line = 0;      // 0 when the file as a whole is meant
  std::string what;  // for a person: what is wrong and what to do instead
};

std::string to_text(const Finding& finding);  // "src/a.cpp:12: [rule] what"

using Findings = std::vector<Finding>;

// Everything wrong in the tree, exceptions applied. An exception that is no longer needed, or that
// allows more than there is, is itself a finding: the list only shrinks.
Findings inspect(const std::filesystem::path& root);

// The groups of rules; each looks at one file.
void check_includes(const Source& source, const Architecture& house, Findings& found);
void check_words(const Source& source, Findings& found);
void check_shape(const Source& source, Findings& found);
void check_sql(const Source& source, Findings& found);
// Looks at the tree: every room has a folder, every folder a room, tests mirror src.
void check_places(const std::filesystem::path& root, const std::vector<Source>& sources,
                  const Architecture& house, Findings& found);

// Lines of `text`: `rule | file | count | reason`. Blank lines and `#` are skipped; the line
// `at most | N` bounds their number. Takes covered findings out of `found`, adds stale exceptions.
void apply_exceptions(std::string_view text, Findings& found);

}  // namespace tallyman::tidy
