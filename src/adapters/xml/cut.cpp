#include "adapters/xml/cut.h"

#include <algorithm>
#include <optional>

#include <fmt/format.h>

#include "domain/base/plain_text.h"
#include "domain/imports/limits.h"
#include "domain/orders/trim.h"

namespace tallyman::xml {

namespace {

constexpr std::string_view kOrder = "order";
constexpr std::size_t kDeepest = 100;        // elements around and beside the orders
constexpr std::size_t kIgnoredMost = 1'000;  // elements told
constexpr std::size_t kNameShown = 40;
constexpr auto kEnd = std::string_view::npos;

bool begins_name(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c == ':' ||
         (static_cast<unsigned char>(c) & 0x80U) != 0;
}
bool is_in_name(char c) { return begins_name(c) || (c >= '0' && c <= '9') || c == '-' || c == '.'; }

// The whole file is to be refused.
struct Refused {
  std::size_t at = 0;
  std::string why;
};

class Cutter {
 public:
  Cutter(std::string_view text, std::size_t begin, Cut& cut) : text_(text), at_(begin), cut_(cut) {}

  // Throws Refused.
  void run() {
    while (at_ < text_.size()) {
      between();
      if (at_ < text_.size()) markup();
    }
    if (root_.empty()) refuse(at_, "it holds no XML");
    if (!open_.empty()) {
      refuse(at_, fmt::format("it ends before </{}>: it is not complete", shown(open_.back())));
    }
  }

 private:
  [[noreturn]] static void refuse(std::size_t at, std::string why) {
    throw Refused{at, std::move(why)};
  }
  static std::string shown(std::string_view name) { return plain_text(name, kNameShown); }

  bool follows(std::string_view word) const { return text_.substr(at_, word.size()) == word; }

  // Behind the next `end`, looked for from `from`; none: it does not come.
  std::optional<std::size_t> behind_next(std::string_view end, std::size_t from) const {
    const auto found = text_.find(end, from);
    if (found == kEnd) return std::nullopt;
    return found + end.size();
  }

  std::string_view name_at(std::size_t at) const {
    if (at >= text_.size() || !begins_name(text_[at])) return {};
    std::size_t end = at;
    while (end < text_.size() && is_in_name(text_[end])) ++end;
    return text_.substr(at, end - at);
  }

  void add_piece(std::size_t begin, std::size_t end, std::string fault) {
    if (cut_.pieces.size() == imports::kOrders) {
      refuse(begin, fmt::format("more than {} orders", imports::kOrders));
    }
    if (fault.empty() && end - begin > imports::kOrderBytes) {
      fault = fmt::format("the order has more than {} bytes", imports::kOrderBytes);
    }
    cut_.pieces.push_back({.begin = begin, .size = end - begin, .fault = std::move(fault)});
  }

  // Text outside of the orders: nothing but space.
  void between() {
    const auto end = std::min(text_.find('<', at_), text_.size());
    const auto text = text_.substr(at_, end - at_);
    const auto inner = orders::trimmed(text);
    if (!inner.empty() && open_.size() <= 1) {
      const auto begin = static_cast<std::size_t>(inner.data() - text_.data());
      if (open_.empty()) refuse(begin, "text outside of its root element");
      add_piece(begin, begin + inner.size(), "text between the orders");
    }
    at_ = end;
  }

  void markup() {
    if (follows("<!--")) return skip("-->", "a comment");
    if (follows("<![CDATA[") && !open_.empty()) return skip("]]>", "a CDATA section");
    if (follows("<!")) refuse(at_, "a document type declaration, which is refused");
    if (follows("<?")) return skip("?>", "a processing instruction");
    if (follows("</")) return closing();
    opening();
  }

  void skip(std::string_view end, std::string_view what) {
    const auto behind = behind_next(end, at_ + 2);
    if (!behind) refuse(at_, fmt::format("{} begins here and does not end", what));
    at_ = *behind;
  }

  // Behind the '>' of the tag at `at_`, past quoted values.
  std::size_t tag_end() const {
    char quote = '\0';
    for (std::size_t i = at_ + 1; i < text_.size(); ++i) {
      const char c = text_[i];
      if (quote != '\0') {
        if (c == quote) quote = '\0';
      } else if (c == '"' || c == '\'') {
        quote = c;
      } else if (c == '>') {
        return i + 1;
      } else if (c == '<') {
        refuse(at_, "a tag begins here and does not end");
      }
    }
    refuse(at_, "a tag begins here and does not end: the file is not complete");
  }

  void closing() {
    const auto name = name_at(at_ + 2);
    const auto end = tag_end();
    if (!open_.empty() && name == open_.back()) {
      open_.pop_back();
    } else if (name == kOrder && open_.size() == 1) {
      add_piece(at_, end, "</order> closes nothing here");
    } else {
      refuse(at_, open_.empty() ? fmt::format("</{}> closes nothing", shown(name))
                                : fmt::format("</{}> stands where </{}> is expected", shown(name),
                                              shown(open_.back())));
    }
    at_ = end;
  }

  void opening() {
    const auto name = name_at(at_ + 1);
    if (name.empty()) refuse(at_, "'<' begins no tag");
    if (name == kOrder && open_.size() == 1) return order();
    if (open_.empty() && !root_.empty()) refuse(at_, "a second root element");
    if (open_.size() == kDeepest) refuse(at_, "elements within elements without end");
    if (open_.size() == 1 && cut_.ignored.size() < kIgnoredMost) {
      cut_.ignored.push_back({.begin = at_, .name = shown(name)});
    }
    const auto end = tag_end();
    if (open_.empty()) root_ = name;
    if (!text_.substr(at_, end - at_).ends_with("/>")) open_.push_back(name);
    at_ = end;
  }

  // At "<order". It ends with "</order>"; where another order or the end of the root comes first,
  // it was not closed.
  void order() {
    const std::size_t begin = at_;
    std::string fault;
    at_ = begin + 1;
    const auto end = tag_end_of_order(begin);
    if (end && text_.substr(begin, *end - begin).ends_with("/>")) {
      add_piece(begin, *end, {});
      at_ = *end;
      return;
    }
    while (true) {
      at_ = text_.find('<', at_);
      if (at_ == kEnd) refuse(begin, "an order begins here and the file ends before </order>");
      if (is_closing(kOrder)) {
        const auto behind = behind_next(">", at_);
        if (!behind) refuse(begin, "an order begins here and the file ends before </order>");
        at_ = *behind;
        return add_piece(begin, at_, std::move(fault));
      }
      if (name_at(at_ + 1) == kOrder || is_closing(root_)) {
        if (fault.empty()) fault = "the order is not closed by </order>";
        return add_piece(begin, at_, std::move(fault));
      }
      inside(fault);
    }
  }

  // Behind the '>' of "<order …>"; none where the tag is broken, which the parser will say.
  std::optional<std::size_t> tag_end_of_order(std::size_t begin) const {
    const auto end = text_.find_first_of("<>", begin + 1);
    if (end == kEnd || text_[end] == '<') return std::nullopt;
    return end + 1;
  }

  bool is_closing(std::string_view name) const { return follows("</") && name_at(at_ + 2) == name; }

  // Past a comment or the like, in which "<order>" would be text; else past the '<'.
  void inside(std::string& fault) {
    const auto past = [&](std::string_view begin, std::string_view end, std::string_view what,
                          bool& comes_again) {
      const auto behind =
          comes_again ? behind_next(end, at_ + begin.size()) : std::optional<std::size_t>();
      comes_again = behind.has_value();
      if (!behind && fault.empty()) fault = fmt::format("{} in it does not end", what);
      at_ = behind ? *behind : at_ + begin.size();
    };
    if (follows("<!--")) return past("<!--", "-->", "a comment", comment_ends_);
    if (follows("<![CDATA[")) return past("<![CDATA[", "]]>", "a CDATA section", cdata_ends_);
    if (follows("<?")) return past("<?", "?>", "a processing instruction", instruction_ends_);
    if (follows("<!")) refuse(at_, "a document type declaration, which is refused");
    ++at_;
  }

  std::string_view text_;
  std::size_t at_;
  Cut& cut_;
  std::string_view root_;
  // Whether one may still end: what was looked for to the end of the file once is not again.
  bool comment_ends_ = true;
  bool cdata_ends_ = true;
  bool instruction_ends_ = true;
  std::vector<std::string_view> open_;  // elements around `at_`, outside of orders
};

tl::unexpected<Problem> refused_at(std::string_view bytes, const Refused& refused,
                                   const Decoded& decoded) {
  const auto before = bytes.substr(decoded.begin, refused.at - decoded.begin);
  const auto place = behind({}, before, decoded.encoding);
  return problem(fmt::format("line {}, column {}: {}", place.line, place.column, refused.why));
}

}  // namespace

Result<Cut> cut(std::string_view bytes) {
  if (bytes.size() > imports::kFileBytes) {
    return problem(fmt::format("it has {} bytes; at most {} (64 MiB) are read", bytes.size(),
                               imports::kFileBytes));
  }
  const auto decoded = find_encoding(bytes);
  if (!decoded) return tl::unexpected(decoded.error());
  Cut made{.encoding = decoded->encoding};
  try {
    Cutter(bytes, decoded->begin, made).run();
  } catch (const Refused& refused) {
    return refused_at(bytes, refused, *decoded);
  }
  return made;
}

}  // namespace tallyman::xml
