#include "support/exposition.h"

#include <cstdlib>
#include <regex>
#include <set>

namespace tallyman::tests {

namespace {

const std::regex kHelp(R"(# HELP ([a-zA-Z_:][a-zA-Z0-9_:]*) (.+))");
const std::regex kType(R"(# TYPE ([a-zA-Z_:][a-zA-Z0-9_:]*) (counter|gauge|histogram))");
const std::regex kSample(
    R"re(([a-zA-Z_:][a-zA-Z0-9_:]*)(\{([a-zA-Z_][a-zA-Z0-9_]*="([^"\\]|\\["\\n])*"(,|(?=\})))+\})? (NaN|[+-]Inf|-?[0-9.]+(e[+-]?[0-9]+)?))re");

class Reader {
 public:
  explicit Reader(Exposition& into) : into_(into) {}

  void line(const std::string& line) {
    std::smatch parts;
    if (std::regex_match(line, parts, kHelp)) {
      if (!helped_.insert(parts[1]).second) complain(line, "a second help");
      family_ = parts[1];
    } else if (std::regex_match(line, parts, kType)) {
      if (parts[1] != family_) complain(line, "a type apart from its help");
      if (!into_.kinds.emplace(parts[1], parts[2]).second) complain(line, "a second type");
    } else if (std::regex_match(line, parts, kSample)) {
      sample(line, parts);
    } else {
      complain(line, "not understood");
    }
  }

 private:
  void complain(const std::string& line, const char* what) {
    into_.complaints.push_back(line + ": " + what);
  }

  void sample(const std::string& line, const std::smatch& parts) {
    const std::string name = parts[1];
    const auto kind = into_.kinds.find(family_);
    if (kind == into_.kinds.end()) return complain(line, "no type before it");
    const auto suffix = name.starts_with(family_) ? name.substr(family_.size()) : "?";
    const bool fits = kind->second == "histogram"
                          ? suffix == "_bucket" || suffix == "_sum" || suffix == "_count"
                          : suffix.empty();
    if (!fits) complain(line, "of another family");
    const double value = std::strtod(parts.str(6).c_str(), nullptr);
    if (kind->second == "counter" && (value < 0 || !name.ends_with("_total"))) {
      complain(line, "no counter");
    }
    if (!into_.samples.emplace(name + parts.str(2), value).second) complain(line, "twice");
    if (kind->second == "histogram") bucket(line, suffix, parts.str(2), value);
  }

  // Buckets ascend, the last one is everything, and its count is the count.
  void bucket(const std::string& line, const std::string& suffix, const std::string& labels,
              double value) {
    if (suffix == "_bucket") {
      if (value < last_bucket_) complain(line, "fewer than in the bucket before");
      last_bucket_ = value;
      is_whole_ = labels.find("le=\"+Inf\"") != std::string::npos;
    } else if (suffix == "_count") {
      if (!is_whole_ || value != last_bucket_) complain(line, "not the count of all buckets");
      last_bucket_ = 0;
      is_whole_ = false;
    }
  }

  Exposition& into_;
  std::string family_;
  std::set<std::string> helped_;
  double last_bucket_ = 0;
  bool is_whole_ = false;
};

}  // namespace

Exposition read_exposition(std::string_view text) {
  Exposition read;
  if (!text.empty() && !text.ends_with('\n'))
    read.complaints.emplace_back("no line end at the end");
  Reader reader(read);
  while (!text.empty()) {
    const auto end = text.find('\n');
    reader.line(std::string(text.substr(0, end)));
    if (end == std::string_view::npos) break;
    text.remove_prefix(end + 1);
  }
  return read;
}

}  // namespace tallyman::tests
