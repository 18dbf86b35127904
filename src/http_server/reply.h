// From the handler's Response to the bytes on the wire: framing, compression, problems. Pure but
// for the Date header.
#pragma once

#include <cstddef>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "http_server/message.h"

namespace tallyman::http_server {

enum class AfterReply {
  keep,     // the next request may follow
  close,    // the answer is complete, then the connection ends
  cut,      // fault: `send_bytes` of the body, then the connection drops
  stream,   // the answer goes on: Reply::stream is called
  silence,  // fault: send nothing, wait until the client gives up
};

struct Reply {
  std::string head;
  std::string body;
  std::size_t send_bytes = 0;  // of the body; less than its length for HEAD and for cut
  AfterReply after = AfterReply::keep;
  StreamBegin stream{};
  std::string stream_of{};
};

// What of the request matters for the form of its answer.
struct Asked {
  bool head_only = false;
  bool accepts_gzip = false;
  bool keep_alive = true;
};

// True when the client's Accept-Encoding allows gzip (RFC 9110 §12.5.3: by name or "*", not q=0).
bool accepts_gzip(const ports::Headers& headers);

// A response the handler must not give (a line end in a header, a status out of range) becomes a
// plain 500; `on_error` hears why.
Reply make_reply(Response response, const Asked& asked,
                 const std::function<void(std::string)>& on_error);

// RFC 9457. `why` is for a person and must hold nothing secret.
Response problem_response(int status, std::string_view why);

std::string_view reason_phrase(int status);  // "Not Found"; empty when unknown

std::string gzip(std::string_view text);  // throws std::runtime_error when zlib fails

}  // namespace tallyman::http_server
