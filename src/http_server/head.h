// The head of a request (request line and headers), read strictly: whatever two programs could
// understand differently is refused. Pure: bytes in, a Head or a Refusal out.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include <tl/expected.hpp>

#include "http_server/server.h"
#include "ports/http.h"

namespace tallyman::http_server {

// Why a request is not answered by the handler.
struct Refusal {
  int status = 400;
  std::string_view why;  // one sentence, no input repeated
  friend bool operator==(const Refusal&, const Refusal&) = default;
};

struct Head {
  std::string method;
  std::string target;  // as sent
  ports::Headers headers;
  bool keep_alive = true;
  bool chunked = false;
  bool wants_continue = false;  // "Expect: 100-continue"
  std::optional<std::uint64_t> content_length;
};

// Looks for the empty line that ends the head. `seen` is how much of `bytes` an earlier call has
// looked at. Answers the length of the head, nothing (more bytes are needed), or why not.
tl::expected<std::optional<std::size_t>, Refusal> find_head_end(std::string_view bytes,
                                                                std::size_t seen,
                                                                const Limits& limits);

// `bytes` is a whole head with its empty line, as found by find_head_end.
tl::expected<Head, Refusal> parse_head(std::string_view bytes, const Limits& limits);

bool is_token(std::string_view text);         // RFC 9110 §5.6.2
bool is_field_value(std::string_view value);  // no control characters but the tab

// True when `list` (a comma-separated header value) names `word`, whatever its case.
bool lists_word(std::string_view list, std::string_view word);

bool same_word(std::string_view a, std::string_view b);  // ASCII, whatever the case

}  // namespace tallyman::http_server
