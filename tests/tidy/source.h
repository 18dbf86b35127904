// A source file as the rules see it: code, comments and string literals kept apart, so that a word
// in a comment is not taken for code. Not a parser: it knows where things begin and end, not what
// they mean.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace tallyman::tidy {

struct Literal {
  int line = 0;  // 1-based, where it begins
  std::string text;
};

struct Source {
  std::string path;                   // from the root, with '/'
  std::vector<std::string> lines;     // as they stand
  std::vector<std::string> code;      // same lines; comments and contents of literals are blanks
  std::vector<std::string> comments;  // same lines; only what stands in comments
  std::vector<Literal> literals;
};

// Splits `text` (C++, TypeScript or CSS for that matter; raw strings are C++'s).
Source read_source(std::string path, std::string_view text);

// Every file below the root that the rules look at, in order of path. Build output, committed pages
// and installed packages are left out.
std::vector<Source> read_tree(const std::filesystem::path& root);

bool is_header(std::string_view path);
bool is_cpp(std::string_view path);  // .h or .cpp
bool is_below(std::string_view path, std::string_view folder);

}  // namespace tallyman::tidy
