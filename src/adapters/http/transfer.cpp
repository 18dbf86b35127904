#include "adapters/http/transfer.h"

#include <algorithm>
#include <chrono>
#include <new>
#include <stdexcept>
#include <utility>

#include <fmt/format.h>

namespace tallyman::http {

using curl::set;
using ports::HttpError;
using ports::HttpMethod;

namespace {

constexpr std::size_t kHeaderBytesMost = 64U << 10U;
constexpr std::size_t kHeadersMost = 200;
constexpr std::size_t kSpare = 64;  // behind the body, for the JSON parser
constexpr long kReadAtOnce = 64L << 10;
constexpr long kSlowBytesPerSecond = 10;
constexpr std::chrono::seconds kSlowMost{60};
// Partners close idle connections after a minute or more; ours are given up well before, so that
// none dies just as it is used.
constexpr long kIdleSecondsMost = 30;

std::string_view trim(std::string_view text) {
  const auto first = text.find_first_not_of(" \t\r\n");
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(" \t\r\n") - first + 1);
}

}  // namespace

std::optional<std::string> fault_of(const ports::Headers& headers) {
  for (const auto& [name, value] : headers) {
    const bool bad_name = name.empty() || std::ranges::any_of(name, [](char c) {
                            return c <= ' ' || c == ':' || c == ';' || c == 0x7f;
                          });
    if (bad_name) return "the name of a header is not a word";
    if (value.find_first_of(std::string_view("\r\n\0", 3)) != std::string::npos) {
      return fmt::format("header {} holds a line end", name);
    }
  }
  return std::nullopt;
}

Transfer::Transfer(const ClientOptions& options, const ports::HttpRequest& request, const Url& url)
    : request_(request), easy_(curl::make_easy()) {
  set_policy(options, url);
  set_limits();
  set_message();
  set_callbacks();
}

void Transfer::set_policy(const ClientOptions& options, const Url& url) {
  CURL* const easy = easy_.get();
  set(easy, CURLOPT_CURLU, url.parsed.get());
  set(easy, CURLOPT_PROTOCOLS_STR, url.scheme);
  set(easy, CURLOPT_FOLLOWLOCATION, 0L);
  set(easy, CURLOPT_PROXY, "");  // also keeps the environment's proxies out
  set(easy, CURLOPT_NOPROXY, "*");
  set(easy, CURLOPT_NETRC, static_cast<long>(CURL_NETRC_IGNORED));
  set(easy, CURLOPT_SSLVERSION, static_cast<long>(CURL_SSLVERSION_TLSv1_2));
  set(easy, CURLOPT_SSL_VERIFYPEER, 1L);
  set(easy, CURLOPT_SSL_VERIFYHOST, 2L);
  if (options.ca_file) {
    set(easy, CURLOPT_CAINFO, options.ca_file->c_str());
    set(easy, CURLOPT_CAPATH, static_cast<const char*>(nullptr));
  }
  if (request_.unix_socket) set(easy, CURLOPT_UNIX_SOCKET_PATH, request_.unix_socket->c_str());
  set(easy, CURLOPT_USERAGENT, options.user_agent.c_str());
  // A write never goes out on a connection that its server may be closing just now.
  if (request_.method != HttpMethod::get) set(easy, CURLOPT_FRESH_CONNECT, 1L);
  set(easy, CURLOPT_MAXAGE_CONN, kIdleSecondsMost);
}

void Transfer::set_limits() {
  CURL* const easy = easy_.get();
  set(easy, CURLOPT_NOSIGNAL, 1L);
  set(easy, CURLOPT_CONNECTTIMEOUT_MS, curl::milliseconds(request_.connect_timeout));
  set(easy, CURLOPT_TIMEOUT_MS, curl::milliseconds(request_.total_timeout));
  // An answer may take long to begin, but must not trickle for ever under a generous total.
  const auto slow = std::chrono::ceil<std::chrono::seconds>(request_.total_timeout);
  set(easy, CURLOPT_LOW_SPEED_LIMIT, kSlowBytesPerSecond);
  set(easy, CURLOPT_LOW_SPEED_TIME,
      static_cast<long>(std::clamp(slow, std::chrono::seconds{1}, kSlowMost).count()));
  set(easy, CURLOPT_BUFFERSIZE, kReadAtOnce);
  // A name lookup that hangs is left behind, so that giving up does not have to wait for it.
  set(easy, CURLOPT_QUICK_EXIT, 1L);
}

void Transfer::set_message() {
  CURL* const easy = easy_.get();
  const bool has_body = request_.method == HttpMethod::post || request_.method == HttpMethod::put ||
                        !request_.body.empty();
  if (has_body) {
    set(easy, CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(request_.body.size()));
    set(easy, CURLOPT_POSTFIELDS, request_.body.data());
  }
  const std::string method(ports::word(request_.method));
  if (request_.method != HttpMethod::post) set(easy, CURLOPT_CUSTOMREQUEST, method.c_str());
  for (const auto& [name, value] : request_.headers) {
    add_header(value.empty() ? name + ';' : fmt::format("{}: {}", name, value));
  }
  add_header("Expect:");  // a round trip saved, a trap less
  if (has_body && !ports::find_header(request_.headers, "Content-Type")) {
    add_header("Content-Type:");  // else libcurl would claim a form
  }
  set(easy, CURLOPT_HTTPHEADER, headers_.get());
  set(easy, CURLOPT_ACCEPT_ENCODING, "gzip, deflate");
  if (request_.auth) {
    set(easy, CURLOPT_HTTPAUTH, static_cast<long>(CURLAUTH_BASIC));
    set(easy, CURLOPT_USERNAME, request_.auth->user.reveal().c_str());
    set(easy, CURLOPT_PASSWORD, request_.auth->password.reveal().c_str());
  }
}

void Transfer::add_header(const std::string& line) {
  curl_slist* const longer = curl_slist_append(headers_.get(), line.c_str());
  if (longer == nullptr) throw std::bad_alloc();
  [[maybe_unused]] auto* const same = headers_.release();  // the list kept or grew a head
  headers_.reset(longer);
}

void Transfer::set_callbacks() {
  CURL* const easy = easy_.get();
  set(easy, CURLOPT_ERRORBUFFER, &error_[0]);
  set(easy, CURLOPT_HEADERFUNCTION, &Transfer::on_header);
  set(easy, CURLOPT_HEADERDATA, static_cast<void*>(this));
  set(easy, CURLOPT_WRITEFUNCTION, &Transfer::on_body);
  set(easy, CURLOPT_WRITEDATA, static_cast<void*>(this));
  set(easy, CURLOPT_PREREQFUNCTION, &Transfer::on_send);
  set(easy, CURLOPT_PREREQDATA, static_cast<void*>(this));
}

std::size_t Transfer::on_header(const char* line, std::size_t one, std::size_t size,
                                void* self) noexcept {
  const bool taken = static_cast<Transfer*>(self)->take_header({line, one * size});
  return taken ? one * size : 0;
}

std::size_t Transfer::on_body(const char* bytes, std::size_t one, std::size_t size,
                              void* self) noexcept {
  const bool taken = static_cast<Transfer*>(self)->take_body({bytes, one * size});
  return taken ? one * size : 0;
}

// Called when the connection stands and the request is about to be written. When a reused
// connection breaks, libcurl would send the request once more by itself: not ours.
int Transfer::on_send(void* self, char* /*to_ip*/, char* /*from_ip*/, int /*to_port*/,
                      int /*from_port*/) noexcept {
  auto* const transfer = static_cast<Transfer*>(self);
  if (std::exchange(transfer->sent_, true)) {
    transfer->refused_ = Refused::second_send;
    return CURL_PREREQFUNC_ABORT;
  }
  return CURL_PREREQFUNC_OK;
}

bool Transfer::take_header(std::string_view line) {
  header_bytes_ += line.size();
  if (header_bytes_ > kHeaderBytesMost || response_.headers.size() >= kHeadersMost) {
    refused_ = Refused::headers_too_large;
    return false;
  }
  if (headers_end_) return true;  // trailers are not headers
  const auto text = trim(line);
  if (text.empty()) {
    headers_end_ = !in_interim_;
    in_interim_ = false;
    return true;
  }
  if (line.starts_with("HTTP/")) {
    response_.headers.clear();
    const auto space = line.find(' ');
    in_interim_ = space != std::string_view::npos && line.substr(space).starts_with(" 1");
    return true;
  }
  const auto colon = text.find(':');
  const bool folded = line.front() == ' ' || line.front() == '\t';
  if (folded && !response_.headers.empty()) {
    response_.headers.back().second.append(" ").append(text);
  } else if (colon != std::string_view::npos) {
    response_.headers.emplace_back(trim(text.substr(0, colon)), trim(text.substr(colon + 1)));
  }
  return true;
}

// Counted after decompression; libcurl hands over small pieces, so a bomb never unfolds.
bool Transfer::take_body(std::string_view bytes) {
  std::string& body = response_.body;
  if (bytes.size() > request_.body_limit - body.size()) {
    refused_ = Refused::body_too_large;
    return false;
  }
  const std::size_t needed = body.size() + bytes.size() + kSpare;
  if (needed > body.capacity()) body.reserve(std::max(needed, body.capacity() * 2));
  body.append(bytes);
  return true;
}

ports::HttpResult Transfer::result(CURLcode code) {
  long status = 0;
  curl_easy_getinfo(easy_.get(), CURLINFO_RESPONSE_CODE, &status);
  if (code == CURLE_OK && !is_end_certain()) {
    return tl::unexpected(ports::HttpFailure{.kind = HttpError::broken,
                                             .what = "the answer does not say where it ends"});
  }
  if (code == CURLE_OK && status >= 200 && status <= 999) {
    response_.status = static_cast<int>(status);
    if (response_.body.capacity() - response_.body.size() < kSpare) {
      response_.body.reserve(response_.body.size() + kSpare);
    }
    return std::move(response_);
  }
  const HttpError kind = kind_of(code);
  return tl::unexpected(ports::HttpFailure{.kind = kind, .what = reason(code, kind)});
}

// A body that ends only because the connection did may as well have been cut, and libcurl does not
// check the signed end of a TLS connection. An empty one is left to whoever reads it.
bool Transfer::is_end_certain() const {
  long version = 0;
  curl_easy_getinfo(easy_.get(), CURLINFO_HTTP_VERSION, &version);
  const bool framed_by_protocol = version > CURL_HTTP_VERSION_1_1;
  return framed_by_protocol || response_.body.empty() ||
         ports::find_header(response_.headers, "Content-Length") ||
         ports::find_header(response_.headers, "Transfer-Encoding");
}

std::size_t Transfer::bytes_received() const {
  long headers = 0;
  curl_off_t body = 0;
  curl_easy_getinfo(easy_.get(), CURLINFO_HEADER_SIZE, &headers);
  curl_easy_getinfo(easy_.get(), CURLINFO_SIZE_DOWNLOAD_T, &body);
  return static_cast<std::size_t>(headers) + static_cast<std::size_t>(body);
}

// What matters is whether the request may have had an effect: before it was written it cannot.
HttpError Transfer::kind_of(CURLcode code) const {
  switch (refused_) {
    case Refused::body_too_large:
    case Refused::headers_too_large: return HttpError::too_large;
    case Refused::second_send: return HttpError::broken;
    case Refused::none: break;
  }
  if (code == CURLE_OUT_OF_MEMORY) throw std::bad_alloc();
  if (code == CURLE_COULDNT_RESOLVE_HOST) return HttpError::not_resolved;
  if (code == CURLE_URL_MALFORMAT) return HttpError::bad_url;
  curl_off_t found_after = 0;
  curl_easy_getinfo(easy_.get(), CURLINFO_NAMELOOKUP_TIME_T, &found_after);
  if (code == CURLE_OPERATION_TIMEDOUT && found_after == 0) return HttpError::not_resolved;
  if (!sent_) return curl::is_tls_failure(code) ? HttpError::tls : HttpError::not_connected;
  return code == CURLE_OPERATION_TIMEDOUT ? HttpError::timeout : HttpError::broken;
}

std::string Transfer::reason(CURLcode code, HttpError kind) const {
  switch (refused_) {
    case Refused::body_too_large:
      return fmt::format("the body is larger than {} bytes", request_.body_limit);
    case Refused::headers_too_large: return "the headers are too large";
    case Refused::second_send: return "the connection was closed before an answer came";
    case Refused::none: break;
  }
  if (code == CURLE_OK) return "the status of the answer is not a status";
  // libcurl's longer texts speak of host, port and certificate; later on they could repeat what
  // was received.
  const bool before_sending =
      kind == HttpError::not_resolved || kind == HttpError::not_connected || kind == HttpError::tls;
  if (before_sending && error_[0] != '\0') return &error_[0];
  return curl_easy_strerror(code);
}

}  // namespace tallyman::http
