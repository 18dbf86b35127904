// Words that do not belong: a table of patterns, each with the places it is about and what to do
// instead.
#include <algorithm>
#include <array>
#include <regex>
#include <span>
#include <string>
#include <vector>

#include "tidy/rules.h"

namespace tallyman::tidy {
namespace {

enum class In { code, anything };  // anything: comments and literals too

struct Ban {
  std::string_view rule;
  In in{};
  std::vector<std::string_view> needles;  // one of them must be in the line; saves the regex
  std::string_view pattern;
  std::vector<std::string_view> only_below;
  std::vector<std::string_view> not_below;
  std::string_view what;
  std::string_view unless = {};  // a line with this in it, or below one, is fine
};

const std::vector<std::string_view> kProduct{"src", "sandbox"};
const std::vector<std::string_view> kAll{"src", "sandbox", "tests", "bench"};
const std::vector<std::string_view> kShown{"src", "sandbox", "web/src"};
const std::vector<std::string_view> kDomain{"src/domain"};
const std::vector<std::string_view> kDoors{"src/cli", "src/app", "src/adapters/database/sqlgen",
                                           "src/api/embed"};

const std::vector<Ban>& bans() {
  static const std::vector<Ban> kBans{
      {"unfinished",
       In::anything,
       {"TODO", "FIXME", "XXX"},
       R"(\b(TODO|FIXME|XXX)\b)",
       kShown,
       {},
       "finish it, or write an issue and say there what is missing"},
      {"unfinished",
       In::anything,
       {"ot implemented"},
       R"([Nn]ot implemented)",
       kShown,
       {},
       "nothing half-made is committed"},
      {"unfinished",
       In::anything,
       {"laceholder"},  // not of web/src: HTML and TanStack Query have the word
       R"([Pp]laceholder)",
       kProduct,
       {},
       "nothing half-made is committed"},
      {"name",
       In::code,
       {"Manager", "Service", "Helper", "Util"},
       R"(\b\w*Manager\b)"
       R"(|\b(class|struct|enum class|namespace)\s+\w*(Service|Helpers?|Utils?)\b)",
       kAll,
       {},
       "name the thing by a noun of GLOSSARY.md"},
      {"name",
       In::code,
       {"namespace"},
       R"(\bnamespace\s+[\w:]*\b(utils?|helpers?|common|misc)\b)",
       kAll,
       {},
       "name the room by what lives there"},
      {"namespace",
       In::code,
       {"using namespace std"},
       R"(using\s+namespace\s+std\s*;)",
       kAll,
       {},
       "write std::"},
      {"ownership",
       In::code,
       {"new"},
       R"(\bnew\b\s*[\w:(\[])",
       kAll,
       {},
       "a value, else unique_ptr through make_unique",
       "unique_ptr<"},  // a private constructor
      {"ownership",
       In::code,
       {"delete"},
       R"(\bdelete\b\s*(\[\s*\]\s*)?[\w*(:])",
       kAll,
       {},
       "a value, else unique_ptr"},
      {"output",
       In::code,
       {"std::cout", "std::cerr", "std::clog", "printf", "puts", "fmt::print"},
       R"(std::(cout|cerr|clog)\b|\b(std::)?v?f?printf\s*\(|\bf?puts\s*\(|fmt::print\b)",
       kProduct,
       kDoors,
       "only the doors speak: return it, or log it"},
      {"sleep",
       In::code,
       {"sleep"},
       R"(\bsleep_(for|until)\b|\b(u|nano)?sleep\s*\()",
       kAll,
       {},
       "wait through Clock::wait, or on the event itself"},
      {"detach",
       In::code,
       {"detach"},
       R"(\bdetach\s*\()",
       kAll,
       {},
       "every thread has an owner that joins it"},
      {"system",
       In::code,
       {"system", "popen"},
       R"((^|[^.\w>:])(std::|::)?(system|popen)\s*\()",
       kAll,
       {},
       "no shell"},
      {"enum", In::code, {"enum"}, R"(\benum\s+(?!class\b)\w*\s*[:{])", kProduct, {}, "enum class"},
      {"pure",
       In::code,
       {"_clock"},
       R"(\b(system|steady|high_resolution|utc|file|tai|gps)_clock\b)",
       kDomain,
       {},
       "the domain has no clock: pass the instant in"},
      {"pure",
       In::code,
       {"time", "clock"},
       R"((^|[^\w.>:])(std::|::)?(time|clock|clock_gettime|gettimeofday)\s*\((?!\)))"
       R"(|\b(localtime|gmtime|mktime)(_r)?\s*\()",
       kDomain,
       {},
       "the domain has no clock: pass the instant in"},
      {"pure",
       In::code,
       {"rand", "mt19937"},
       R"(\bs?rand\s*\(|\brandom_device\b|\bmt19937(_64)?\b)",
       kDomain,
       {},
       "the domain has no chance: pass it in"},
      {"pure",
       In::code,
       {"std::"},
       R"(\bstd::(jthread|thread|mutex|async|atomic|ofstream|ifstream|fstream)\b)",
       kDomain,
       {},
       "the domain has neither threads nor files"},
      {"pure",
       In::code,
       {"getenv", "fopen"},
       R"(\b(secure_)?getenv\s*\(|\bfopen\s*\()",
       kDomain,
       {},
       "the domain reads nothing from outside"},
      {"float",
       In::code,
       {"double", "float"},
       R"(\b(double|float)\b)",
       kDomain,
       {},
       "money and quantities are integers"},
  };
  return kBans;
}

bool is_about(const Ban& ban, std::string_view path) {
  const auto below = [&](std::string_view folder) { return is_below(path, folder); };
  return std::ranges::any_of(ban.only_below, below) && std::ranges::none_of(ban.not_below, below);
}

bool is_excused(const Ban& ban, const std::vector<std::string>& lines, std::size_t index) {
  if (ban.unless.empty()) return false;
  const auto says = [&](const std::string& line) {
    return line.find(ban.unless) != std::string::npos;
  };
  return says(lines[index]) || (index > 0 && says(lines[index - 1]));
}

void check_ban(const Source& source, const Ban& ban, Findings& found) {
  if (ban.in == In::code && !is_cpp(source.path)) return;
  const auto& lines = ban.in == In::code ? source.code : source.lines;
  const std::regex pattern{std::string(ban.pattern)};
  for (std::size_t index = 0; index < lines.size(); ++index) {
    const auto& line = lines[index];
    const bool near = std::ranges::any_of(ban.needles, [&](std::string_view needle) {
      return line.find(needle) != std::string::npos;
    });
    std::smatch match;
    if (is_excused(ban, lines, index)) continue;
    if (!near || !std::regex_search(line, match, pattern)) continue;
    found.push_back({std::string(ban.rule), source.path, static_cast<int>(index) + 1,
                     "'" + match.str() + "': " + std::string(ban.what)});
  }
}

bool has_comment(const Source& source, std::size_t index) {
  return source.comments[index].find_first_not_of(" \t") != std::string::npos;
}

// Shared ownership is explained on its line or on the one above; a run of such lines shares a
// sentence.
void check_shared(const Source& source, Findings& found) {
  bool explained = false;
  for (std::size_t index = 0; index < source.code.size(); ++index) {
    const auto& code = source.code[index];
    const bool shares = code.find("shared_ptr<") != std::string::npos ||
                        code.find("make_shared<") != std::string::npos;
    const bool said = has_comment(source, index) || (index > 0 && has_comment(source, index - 1));
    explained = shares && (explained || said);
    if (shares && !explained) {
      found.push_back({"ownership", source.path, static_cast<int>(index) + 1,
                       "shared_ptr without a sentence saying who shares it and why"});
    }
  }
}

}  // namespace

void check_words(const Source& source, Findings& found) {
  for (const auto& ban : bans()) {
    if (is_about(ban, source.path)) check_ban(source, ban, found);
  }
  if (is_cpp(source.path) && !is_below(source.path, "tests")) check_shared(source, found);
}

}  // namespace tallyman::tidy
