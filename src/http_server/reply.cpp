#include "http_server/reply.h"

#include <algorithm>
#include <array>
#include <chrono>
#include <ctime>
#include <memory>
#include <stdexcept>
#include <utility>

#include <fmt/format.h>
#define ZLIB_CONST  // zlib does not write through next_in; its type says so only then
#include <zlib.h>

#include "http_server/head.h"

namespace tallyman::http_server {

namespace {

constexpr std::size_t kGzipFrom = 1024;  // smaller ones fit a packet anyway

struct Phrase {
  int status;
  std::string_view text;
};

constexpr std::array kPhrases = {
    Phrase{200, "OK"},
    Phrase{201, "Created"},
    Phrase{202, "Accepted"},
    Phrase{204, "No Content"},
    Phrase{206, "Partial Content"},
    Phrase{301, "Moved Permanently"},
    Phrase{302, "Found"},
    Phrase{303, "See Other"},
    Phrase{304, "Not Modified"},
    Phrase{307, "Temporary Redirect"},
    Phrase{308, "Permanent Redirect"},
    Phrase{400, "Bad Request"},
    Phrase{401, "Unauthorized"},
    Phrase{402, "Payment Required"},
    Phrase{403, "Forbidden"},
    Phrase{404, "Not Found"},
    Phrase{405, "Method Not Allowed"},
    Phrase{406, "Not Acceptable"},
    Phrase{408, "Request Timeout"},
    Phrase{409, "Conflict"},
    Phrase{410, "Gone"},
    Phrase{412, "Precondition Failed"},
    Phrase{413, "Content Too Large"},
    Phrase{414, "URI Too Long"},
    Phrase{415, "Unsupported Media Type"},
    Phrase{417, "Expectation Failed"},
    Phrase{422, "Unprocessable Content"},
    Phrase{423, "Locked"},
    Phrase{428, "Precondition Required"},
    Phrase{429, "Too Many Requests"},
    Phrase{431, "Request Header Fields Too Large"},
    Phrase{500, "Internal Server Error"},
    Phrase{501, "Not Implemented"},
    Phrase{502, "Bad Gateway"},
    Phrase{503, "Service Unavailable"},
    Phrase{504, "Gateway Timeout"},
    Phrase{505, "HTTP Version Not Supported"},
};

// Headers that say how the message is framed are ours alone.
bool is_framing(std::string_view name) {
  return same_word(name, "Content-Length") || same_word(name, "Transfer-Encoding") ||
         same_word(name, "Connection");
}

bool may_have_body(int status) { return status >= 200 && status != 204 && status != 304; }

std::string quote_json(std::string_view text) {
  std::string quoted = "\"";
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (c == '"' || c == '\\') {
      quoted += '\\';
      quoted += c;
    } else if (byte < 0x20) {
      quoted += fmt::format("\\u{:04x}", byte);
    } else {
      quoted += c;
    }
  }
  return quoted + '"';
}

// RFC 9110 §5.6.7, "Sun, 06 Nov 1994 08:49:37 GMT", whatever the locale.
std::string http_date() {
  constexpr std::array<std::string_view, 7> kDays = {"Sun", "Mon", "Tue", "Wed",
                                                     "Thu", "Fri", "Sat"};
  constexpr std::array<std::string_view, 12> kMonths = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                        "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
  const std::time_t now = std::chrono::system_clock::to_time_t(std::chrono::system_clock::now());
  std::tm utc{};
  gmtime_r(&now, &utc);
  return fmt::format("{}, {:02} {} {} {:02}:{:02}:{:02} GMT",
                     kDays[static_cast<std::size_t>(utc.tm_wday)], utc.tm_mday,
                     kMonths[static_cast<std::size_t>(utc.tm_mon)], utc.tm_year + 1900, utc.tm_hour,
                     utc.tm_min, utc.tm_sec);
}

bool is_packed_already(std::string_view type) {
  if (type.starts_with("image/") && !type.starts_with("image/svg")) return true;
  constexpr std::array<std::string_view, 5> kPacked = {"font/", "application/zip",
                                                       "application/gzip", "application/pdf",
                                                       "application/vnd.openxmlformats"};
  return std::ranges::any_of(kPacked, [&](auto packed) { return type.starts_with(packed); });
}

bool is_worth_gzip(const Response& response) {
  if (response.body.size() <= kGzipFrom || response.cut_after) return false;
  if (ports::find_header(response.headers, "Content-Encoding")) return false;
  return !is_packed_already(ports::find_header(response.headers, "Content-Type").value_or(""));
}

std::optional<std::string> fault_of(const Response& response) {
  if (response.status < 200 || response.status > 599) {
    return fmt::format("the handler answered with status {}", response.status);
  }
  for (const auto& [name, value] : response.headers) {
    if (!is_token(name)) return "the handler set a header whose name is not a word";
    if (!is_field_value(value)) {
      return fmt::format("the handler set a header {} that holds a control character", name);
    }
  }
  return std::nullopt;
}

bool has_zero_quality(std::string_view parameters) {
  const auto q = parameters.find("q=");
  if (q == std::string_view::npos) return false;
  auto digits = parameters.substr(q + 2);
  digits = digits.substr(0, digits.find_first_of(" \t;"));
  return digits.find_first_of("123456789") == std::string_view::npos;
}

std::string status_line(int status) {
  return fmt::format("HTTP/1.1 {} {}\r\n", status, reason_phrase(status));
}

// Without Content-Length the body ends with the connection, which every client understands.
Reply stream_reply(Response response, const Asked& asked) {
  Reply reply{.head = status_line(response.status), .body = {}, .stream = {}};
  for (const auto& [name, value] : response.headers) {
    if (!is_framing(name)) reply.head += fmt::format("{}: {}\r\n", name, value);
  }
  reply.head += fmt::format("Date: {}\r\nConnection: close\r\n\r\n", http_date());
  reply.after = asked.head_only ? AfterReply::close : AfterReply::stream;
  if (!asked.head_only) reply.stream = std::move(response.stream);
  reply.stream_of = std::move(response.stream_of);
  return reply;
}

}  // namespace

std::string_view reason_phrase(int status) {
  const auto* const found = std::ranges::find(kPhrases, status, &Phrase::status);
  return found == kPhrases.end() ? std::string_view{} : found->text;
}

bool accepts_gzip(const ports::Headers& headers) {
  bool any = false;
  for (const auto& [name, value] : headers) {
    if (!same_word(name, "Accept-Encoding")) continue;
    std::string_view rest = value;
    while (!rest.empty()) {
      const auto comma = rest.find(',');
      auto item = rest.substr(0, comma);
      item.remove_prefix(std::min(item.find_first_not_of(" \t"), item.size()));
      const auto coding = item.substr(0, item.find_first_of("; \t"));
      const bool wanted = !has_zero_quality(item.substr(coding.size()));
      if (same_word(coding, "gzip")) return wanted;
      if (coding == "*") any = wanted;
      if (comma == std::string_view::npos) break;
      rest.remove_prefix(comma + 1);
    }
  }
  return any;
}

Response problem_response(int status, std::string_view why) {
  Response response;
  response.status = status;
  response.headers.emplace_back("Content-Type", "application/problem+json");
  response.headers.emplace_back("Cache-Control", "no-store");
  response.body = fmt::format(R"({{"type":"about:blank","title":{},"status":{},"detail":{}}})",
                              quote_json(reason_phrase(status)), status, quote_json(why));
  return response;
}

std::string gzip(std::string_view text) {
  z_stream stream{};
  constexpr int kGzipWindow = 15 + 16;
  constexpr int kFastEnough = 5;
  if (deflateInit2(&stream, kFastEnough, Z_DEFLATED, kGzipWindow, 8, Z_DEFAULT_STRATEGY) != Z_OK) {
    throw std::runtime_error("zlib cannot start");
  }
  const std::unique_ptr<z_stream, int (*)(z_stream*)> guard(&stream, &deflateEnd);
  std::string packed(deflateBound(&stream, text.size()), '\0');
  stream.next_in = reinterpret_cast<const Bytef*>(text.data());
  stream.avail_in = static_cast<uInt>(text.size());
  stream.next_out = reinterpret_cast<Bytef*>(packed.data());
  stream.avail_out = static_cast<uInt>(packed.size());
  if (deflate(&stream, Z_FINISH) != Z_STREAM_END) throw std::runtime_error("zlib cannot finish");
  packed.resize(stream.total_out);
  return packed;
}

Reply make_reply(Response response, const Asked& asked,
                 const std::function<void(std::string)>& on_error) {
  if (const auto fault = fault_of(response)) {
    on_error(*fault);
    response = problem_response(500, "The answer could not be formed.");
  }
  if (response.stream) return stream_reply(std::move(response), asked);
  if (response.never_answer) {
    return Reply{.head = {}, .body = {}, .send_bytes = 0, .after = AfterReply::silence};
  }
  if (!may_have_body(response.status)) response.body.clear();
  const bool negotiable = is_worth_gzip(response);
  const bool packed = negotiable && asked.accepts_gzip;
  if (packed) response.body = gzip(response.body);

  Reply reply{.head = status_line(response.status), .body = std::move(response.body), .stream = {}};
  for (const auto& [name, value] : response.headers) {
    if (!is_framing(name)) reply.head += fmt::format("{}: {}\r\n", name, value);
  }
  if (negotiable) reply.head += "Vary: Accept-Encoding\r\n";
  if (packed) reply.head += "Content-Encoding: gzip\r\n";
  if (may_have_body(response.status)) {
    reply.head += fmt::format("Content-Length: {}\r\n", reply.body.size());
  }
  if (!ports::find_header(response.headers, "Date")) {
    reply.head += fmt::format("Date: {}\r\n", http_date());
  }
  reply.head += asked.keep_alive ? "Connection: keep-alive\r\n\r\n" : "Connection: close\r\n\r\n";
  reply.send_bytes = asked.head_only ? 0 : reply.body.size();
  reply.after = asked.keep_alive ? AfterReply::keep : AfterReply::close;
  if (response.cut_after) {
    reply.send_bytes = std::min(reply.send_bytes, *response.cut_after);
    reply.after = AfterReply::cut;
  }
  return reply;
}

}  // namespace tallyman::http_server
