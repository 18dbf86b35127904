// Host tool of the build: makes typed structs from files of named SQL statements.
//   sqlgen one NAMESPACE IN.sql OUT.h
//   sqlgen all NAMESPACE INCLUDE_FOLDER OUT.h IN.sql…    (all_statements(); names unique over all)
// Exit 1 with "file:line: what is wrong" on a mistake in the input.
#include <cstdio>
#include <exception>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <span>
#include <stdexcept>
#include <string>
#include <vector>

#include "adapters/database/sqlgen/emit.h"
#include "adapters/database/sqlgen/statement_file.h"

namespace {

using namespace tallyman::sqlgen;

std::vector<NamedStatement> read(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  if (!file) throw std::runtime_error(path + ": cannot be read");
  const std::string text{std::istreambuf_iterator<char>(file), {}};
  try {
    return parse(text);
  } catch (const Mistake& mistake) {
    throw std::runtime_error(path + ":" + std::to_string(mistake.line()) + ": " + mistake.what());
  }
}

void write(const std::string& path, const std::string& text) {
  const auto folder = std::filesystem::path(path).parent_path();
  if (!folder.empty()) std::filesystem::create_directories(folder);
  std::ofstream file(path, std::ios::binary | std::ios::trunc);
  file << text;
  if (!file.flush()) throw std::runtime_error(path + ": cannot be written");
}

void make_one(std::span<const std::string> arguments) {
  const std::string& in = arguments[1];
  write(arguments[2],
        header(std::filesystem::path(in).filename().string(), arguments[0], read(in)));
}

void make_all(std::span<const std::string> arguments) {
  std::map<std::string, std::string> places;  // of each name
  std::vector<Subject> subjects;
  for (const std::string& in : arguments.subspan(3)) {
    Subject subject{arguments[1] + "/" + std::filesystem::path(in).stem().string() + ".h",
                    read(in)};
    for (const NamedStatement& statement : subject.statements) {
      const std::string place = in + ":" + std::to_string(statement.line);
      const auto [known, is_new] = places.emplace(statement.name, place);
      if (!is_new) {
        throw std::runtime_error(place + ": '" + statement.name +
                                 "' is already the name of a statement in " + known->second);
      }
    }
    subjects.push_back(std::move(subject));
  }
  write(arguments[2], header_of_all(arguments[0], subjects));
}

}  // namespace

int main(int count, char** words) {
  const std::vector<std::string> arguments(words + 1, words + count);
  try {
    if (arguments.size() == 4 && arguments[0] == "one") {
      make_one(std::span(arguments).subspan(1));
    } else if (arguments.size() >= 4 && arguments[0] == "all") {
      make_all(std::span(arguments).subspan(1));
    } else {
      (void)std::fputs(
          "usage: sqlgen one NAMESPACE IN.sql OUT.h\n"
          "       sqlgen all NAMESPACE INCLUDE_FOLDER OUT.h IN.sql...\n",
          stderr);
      return 2;
    }
  } catch (const std::exception& failure) {
    (void)std::fprintf(stderr, "%s\n", failure.what());
    return 1;
  }
  return 0;
}
