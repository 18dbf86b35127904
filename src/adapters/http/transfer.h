// One request on its way: the settings of a libcurl handle, what comes back, and what a failure
// means. Knows nothing of threads or waiting.
#pragma once

#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include <curl/curl.h>

#include "adapters/curl/easy.h"
#include "adapters/http/client.h"
#include "adapters/http/url.h"
#include "ports/http.h"

namespace tallyman::http {

class Transfer {
 public:
  // `request`, `url` and `options` must outlive the transfer.
  Transfer(const ClientOptions& options, const ports::HttpRequest& request, const Url& url);
  Transfer(const Transfer&) = delete;
  Transfer& operator=(const Transfer&) = delete;

  CURL* handle() const { return easy_.get(); }

  // Once libcurl has ended the transfer with `code`.
  ports::HttpResult result(CURLcode code);
  std::size_t bytes_received() const;  // as they came over the wire, headers included

 private:
  // Why we broke a transfer off ourselves; libcurl only knows that we did.
  enum class Refused { none, body_too_large, headers_too_large, second_send };

  static std::size_t on_header(const char* line, std::size_t one, std::size_t size,
                               void* self) noexcept;
  static std::size_t on_body(const char* bytes, std::size_t one, std::size_t size,
                             void* self) noexcept;
  static int on_send(void* self, char* to_ip, char* from_ip, int to_port, int from_port) noexcept;

  void set_policy(const ClientOptions& options, const Url& url);
  void set_limits();
  void set_message();
  void set_callbacks();
  void add_header(const std::string& line);
  bool take_header(std::string_view line);
  bool take_body(std::string_view bytes);
  bool is_end_certain() const;
  ports::HttpError kind_of(CURLcode code) const;
  std::string reason(CURLcode code, ports::HttpError kind) const;

  const ports::HttpRequest& request_;
  curl::List headers_;
  char error_[CURL_ERROR_SIZE] = {};
  ports::HttpResponse response_;
  std::size_t header_bytes_ = 0;
  bool in_interim_ = false;   // within a 1xx answer, whose headers are dropped
  bool headers_end_ = false;  // what follows are trailers
  bool sent_ = false;         // from here on the effect is unknown until answered
  Refused refused_ = Refused::none;
  curl::Easy easy_;  // last: it may call back until it is gone
};

// Nothing when the headers can be sent as they are; else what is wrong with them.
std::optional<std::string> fault_of(const ports::Headers& headers);

}  // namespace tallyman::http
