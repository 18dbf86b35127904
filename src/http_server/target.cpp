#include "http_server/target.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>

namespace tallyman::http_server {

namespace {

using Unexpected = tl::unexpected<Refusal>;

enum class Plus { is_plus, is_space };  // a '+' means a space in a query only

int hex_digit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

std::optional<std::string> decode(std::string_view text, Plus plus) {
  std::string decoded;
  decoded.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '+' && plus == Plus::is_space) {
      decoded += ' ';
    } else if (text[i] == '%') {
      if (i + 2 >= text.size()) return std::nullopt;
      const int high = hex_digit(text[i + 1]);
      const int low = hex_digit(text[i + 2]);
      if (high < 0 || low < 0) return std::nullopt;
      decoded += static_cast<char>(high * 16 + low);
      i += 2;
    } else {
      decoded += text[i];
    }
  }
  return decoded;
}

// How many bytes the UTF-8 sequence at the front takes; 0 when it is none (RFC 3629: no overlong
// forms, no surrogates, nothing beyond U+10FFFF).
std::size_t utf8_length(std::string_view text) {
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
  const auto first = byte(0);
  if (first < 0x80) return 1;
  const std::size_t length = first >= 0xf0 ? 4 : first >= 0xe0 ? 3 : 2;
  if (first < 0xc2 || first > 0xf4 || text.size() < length) return 0;
  for (std::size_t i = 1; i < length; ++i) {
    if ((byte(i) & 0xc0U) != 0x80U) return 0;
  }
  const auto second = byte(1);
  if (first == 0xe0 && second < 0xa0) return 0;
  if (first == 0xed && second > 0x9f) return 0;
  if (first == 0xf0 && second < 0x90) return 0;
  if (first == 0xf4 && second > 0x8f) return 0;
  return length;
}

bool is_utf8(std::string_view text) {
  while (!text.empty()) {
    const auto length = utf8_length(text);
    if (length == 0) return false;
    text.remove_prefix(length);
  }
  return true;
}

bool has_control(std::string_view text) {
  return std::ranges::any_of(text, [](char c) {
    const auto byte = static_cast<unsigned char>(c);
    return byte < 0x20 || byte == 0x7f;
  });
}

bool has_dot_segment(std::string_view path) {
  while (!path.empty()) {
    const auto slash = path.find('/');
    const auto segment = path.substr(0, slash);
    if (segment == "." || segment == "..") return true;
    if (slash == std::string_view::npos) break;
    path.remove_prefix(slash + 1);
  }
  return false;
}

tl::expected<std::pair<std::string, std::string>, Refusal> parse_pair(std::string_view piece) {
  const auto equals = piece.find('=');
  auto name = decode(piece.substr(0, equals), Plus::is_space);
  auto value = equals == std::string_view::npos ? std::optional<std::string>("")
                                                : decode(piece.substr(equals + 1), Plus::is_space);
  if (!name || !value) return Unexpected(Refusal{400, "A '%' in the query is not an escape."});
  if (!is_utf8(*name) || !is_utf8(*value)) {
    return Unexpected(Refusal{400, "The query is not UTF-8."});
  }
  // Line ends and tabs may be part of a typed text; a NUL never is, and no database stores it.
  if (name->find('\0') != std::string::npos || value->find('\0') != std::string::npos) {
    return Unexpected(Refusal{400, "The query holds a NUL."});
  }
  return std::pair{std::move(*name), std::move(*value)};
}

}  // namespace

tl::expected<Target, Refusal> parse_target(std::string_view target) {
  if (!target.starts_with('/')) return Unexpected(Refusal{400, "The target must begin with '/'."});
  if (target.find('#') != std::string_view::npos) {
    return Unexpected(Refusal{400, "The target holds a fragment."});
  }
  const auto mark = target.find('?');
  auto path = decode(target.substr(0, mark), Plus::is_plus);
  if (!path) return Unexpected(Refusal{400, "A '%' in the path is not an escape."});
  if (has_control(*path)) return Unexpected(Refusal{400, "The path holds a control character."});
  if (!is_utf8(*path)) return Unexpected(Refusal{400, "The path is not UTF-8."});
  if (has_dot_segment(*path)) return Unexpected(Refusal{400, "The path has a dot segment."});
  Target parsed{.path = std::move(*path), .query = {}};
  auto rest = mark == std::string_view::npos ? std::string_view{} : target.substr(mark + 1);
  while (!rest.empty()) {
    const auto end = rest.find('&');
    if (const auto piece = rest.substr(0, end); !piece.empty()) {
      auto pair = parse_pair(piece);
      if (!pair) return Unexpected(pair.error());
      parsed.query.push_back(std::move(*pair));
    }
    if (end == std::string_view::npos) break;
    rest.remove_prefix(end + 1);
  }
  return parsed;
}

}  // namespace tallyman::http_server
