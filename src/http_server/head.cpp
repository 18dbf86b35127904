#include "http_server/head.h"

#include <algorithm>
#include <charconv>
#include <utility>

namespace tallyman::http_server {

namespace {

using Unexpected = tl::unexpected<Refusal>;

Unexpected refuse(int status, std::string_view why) { return Unexpected(Refusal{status, why}); }

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

bool is_digit(char c) { return c >= '0' && c <= '9'; }

std::string_view trim(std::string_view text) {
  while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
  while (!text.empty() && (text.back() == ' ' || text.back() == '\t')) text.remove_suffix(1);
  return text;
}

// Takes one line off `rest`. The caller has made sure that lines end in CR LF.
std::string_view take_line(std::string_view& rest) {
  const auto end = rest.find("\r\n");
  const auto line = rest.substr(0, end);
  rest.remove_prefix(end + 2);
  return line;
}

std::size_t count(const ports::Headers& headers, std::string_view name) {
  return static_cast<std::size_t>(std::ranges::count_if(
      headers, [&](const auto& header) { return same_word(header.first, name); }));
}

// host[:port] as in RFC 3986; user parts, paths and lists have no place in it. Empty is allowed.
bool is_host(std::string_view host) {
  constexpr std::string_view kOther = "-._~!$&'()*+;=:[]%";
  return std::ranges::all_of(host, [&](char c) {
    return is_digit(c) || (lower(c) >= 'a' && lower(c) <= 'z') ||
           kOther.find(c) != std::string_view::npos;
  });
}

enum class Version { v1_0, v1_1 };

struct RequestLine {
  std::string_view method;
  std::string_view target;
  Version version = Version::v1_1;
};

tl::expected<RequestLine, Refusal> parse_request_line(std::string_view line, const Limits& limits) {
  const auto first = line.find(' ');
  const auto last = line.rfind(' ');
  if (first == std::string_view::npos || first == last) {
    return refuse(400, "The request line must be method, target and version.");
  }
  RequestLine parsed{.method = line.substr(0, first),
                     .target = line.substr(first + 1, last - first - 1)};
  if (!is_token(parsed.method) || parsed.method.size() > 32) {
    return refuse(400, "The method is not a word.");
  }
  if (parsed.target.size() > limits.target_bytes) return refuse(414, "The address is too long.");
  const auto visible = [](char c) { return c > 0x20 && c < 0x7f; };
  if (parsed.target.empty() || !std::ranges::all_of(parsed.target, visible)) {
    return refuse(400, "The target must be visible ASCII without spaces.");
  }
  const auto version = line.substr(last + 1);
  if (version == "HTTP/1.1") return parsed;
  if (version == "HTTP/1.0") {
    parsed.version = Version::v1_0;
    return parsed;
  }
  if (version.starts_with("HTTP/")) return refuse(505, "Only HTTP/1.1 and HTTP/1.0 are spoken.");
  return refuse(400, "The version is missing.");
}

tl::expected<ports::Headers, Refusal> parse_headers(std::string_view rest, const Limits& limits) {
  ports::Headers headers;
  for (auto line = take_line(rest); !line.empty(); line = take_line(rest)) {
    if (headers.size() >= limits.header_count) return refuse(431, "Too many headers.");
    if (line.front() == ' ' || line.front() == '\t') {
      return refuse(400, "A header is folded over lines.");
    }
    const auto colon = line.find(':');
    if (colon == std::string_view::npos) return refuse(400, "A header has no colon.");
    const auto name = line.substr(0, colon);
    const auto value = trim(line.substr(colon + 1));
    if (!is_token(name)) return refuse(400, "A header name holds a space or a stray character.");
    if (!is_field_value(value)) return refuse(400, "A header value holds a control character.");
    headers.emplace_back(name, value);
  }
  return headers;
}

// How long the body is. The rules of RFC 9112 §6, with every doubtful case refused.
std::optional<Refusal> read_framing(Version version, Head& head) {
  const auto lengths = count(head.headers, "Content-Length");
  const auto codings = count(head.headers, "Transfer-Encoding");
  if (lengths > 1) return Refusal{400, "More than one Content-Length."};
  if (lengths + codings > 1 && lengths == 1) {
    return Refusal{400, "Content-Length and Transfer-Encoding together."};
  }
  if (codings > 0) {
    if (version == Version::v1_0) return Refusal{400, "HTTP/1.0 has no Transfer-Encoding."};
    if (codings > 1) return Refusal{400, "More than one Transfer-Encoding."};
    if (!same_word(*ports::find_header(head.headers, "Transfer-Encoding"), "chunked")) {
      return Refusal{501, "The only Transfer-Encoding understood is chunked."};
    }
    head.chunked = true;
  }
  if (lengths == 1) {
    const auto text = *ports::find_header(head.headers, "Content-Length");
    std::uint64_t length = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), length);
    if (text.empty() || !std::ranges::all_of(text, is_digit) || error != std::errc{}) {
      return Refusal{400, "Content-Length is not a number."};
    }
    head.content_length = length;
  }
  return std::nullopt;
}

std::optional<Refusal> check_host(Version version, const Head& head) {
  const auto hosts = count(head.headers, "Host");
  if (hosts > 1) return Refusal{400, "More than one Host."};
  if (hosts == 0 && version == Version::v1_1) return Refusal{400, "Host is missing."};
  if (hosts == 1 && !is_host(*ports::find_header(head.headers, "Host"))) {
    return Refusal{400, "Host is not a host."};
  }
  return std::nullopt;
}

std::optional<Refusal> read_connection(Version version, Head& head) {
  head.keep_alive = version == Version::v1_1;
  for (const auto& [name, value] : head.headers) {
    if (!same_word(name, "Connection")) continue;
    if (lists_word(value, "keep-alive")) head.keep_alive = true;
    if (lists_word(value, "close")) {
      head.keep_alive = false;
      break;
    }
  }
  if (const auto expect = ports::find_header(head.headers, "Expect")) {
    if (!same_word(*expect, "100-continue")) return Refusal{417, "The expectation is unknown."};
    head.wants_continue = version == Version::v1_1;
  }
  return std::nullopt;
}

}  // namespace

bool is_token(std::string_view text) {
  constexpr std::string_view kOther = "!#$%&'*+-.^_`|~";
  return !text.empty() && std::ranges::all_of(text, [&](char c) {
    return is_digit(c) || (lower(c) >= 'a' && lower(c) <= 'z') ||
           kOther.find(c) != std::string_view::npos;
  });
}

bool is_field_value(std::string_view value) {
  return std::ranges::all_of(value, [](char c) {
    const auto byte = static_cast<unsigned char>(c);
    return c == '\t' || (byte >= 0x20 && byte != 0x7f);
  });
}

bool same_word(std::string_view a, std::string_view b) {
  return std::ranges::equal(a, b, {}, lower, lower);
}

bool lists_word(std::string_view list, std::string_view word) {
  while (!list.empty()) {
    const auto comma = list.find(',');
    if (same_word(trim(list.substr(0, comma)), word)) return true;
    if (comma == std::string_view::npos) break;
    list.remove_prefix(comma + 1);
  }
  return false;
}

tl::expected<std::optional<std::size_t>, Refusal> find_head_end(std::string_view bytes,
                                                                std::size_t seen,
                                                                const Limits& limits) {
  // A stray end of line is refused as soon as it is seen: its sender would wait for an answer.
  for (std::size_t i = seen > 0 ? seen - 1 : 0; i < bytes.size(); ++i) {
    if (bytes[i] == '\0') return refuse(400, "The head holds a NUL.");
    if (bytes[i] == '\n' && (i == 0 || bytes[i - 1] != '\r')) {
      return refuse(400, "A line ends in LF alone.");
    }
    if (bytes[i] == '\r' && i + 1 < bytes.size() && bytes[i + 1] != '\n') {
      return refuse(400, "A line ends in CR alone.");
    }
    if (bytes[i] == '\n' && i >= 3 && bytes[i - 2] == '\n') {
      if (i + 1 > limits.head_bytes) return refuse(431, "The headers are too large.");
      return i + 1;
    }
    if (i >= limits.head_bytes) {
      const bool in_first_line = bytes.substr(0, i).find('\n') == std::string_view::npos;
      if (in_first_line) return refuse(414, "The address is too long.");
      return refuse(431, "The headers are too large.");
    }
  }
  return std::nullopt;
}

tl::expected<Head, Refusal> parse_head(std::string_view bytes, const Limits& limits) {
  const auto line = parse_request_line(take_line(bytes), limits);
  if (!line) return Unexpected(line.error());
  auto headers = parse_headers(bytes, limits);
  if (!headers) return Unexpected(headers.error());
  Head head;
  head.method = line->method;
  head.target = line->target;
  head.headers = std::move(*headers);
  if (const auto wrong = check_host(line->version, head)) return Unexpected(*wrong);
  if (const auto wrong = read_framing(line->version, head)) return Unexpected(*wrong);
  if (const auto wrong = read_connection(line->version, head)) return Unexpected(*wrong);
  return head;
}

}  // namespace tallyman::http_server
