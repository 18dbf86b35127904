#include "adapters/http/url.h"

#include <array>
#include <new>
#include <optional>
#include <utility>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <strings.h>

namespace tallyman::http {

namespace {

struct CurlFree {
  void operator()(char* text) const { curl_free(text); }
};

std::optional<std::string> part_of(CURLU* url, CURLUPart part) {
  char* text = nullptr;
  if (curl_url_get(url, part, &text, 0) != CURLUE_OK) return std::nullopt;
  const std::unique_ptr<char, CurlFree> owned(text);
  return std::string(text);
}

std::string without_brackets(std::string host) {
  if (host.size() > 2 && host.front() == '[' && host.back() == ']') {
    return host.substr(1, host.size() - 2);
  }
  return host;
}

// By number, not by resolving: a name can point anywhere. libcurl itself maps "localhost" to the
// loopback address without asking a resolver.
bool is_loopback(const std::string& host) {
  if (::strcasecmp(host.c_str(), "localhost") == 0) return true;
  in_addr v4{};
  if (inet_pton(AF_INET, host.c_str(), &v4) == 1) return (ntohl(v4.s_addr) >> 24U) == 127;
  in6_addr v6{};
  return inet_pton(AF_INET6, host.c_str(), &v6) == 1 && IN6_IS_ADDR_LOOPBACK(&v6);
}

}  // namespace

Result<Url> parse_url(const ports::HttpRequest& request) {
  Url url;
  url.parsed.reset(curl_url());
  if (!url.parsed) throw std::bad_alloc();
  CURLU* const parsed = url.parsed.get();
  if (request.url.find('\0') != std::string::npos ||
      curl_url_set(parsed, CURLUPART_URL, request.url.c_str(), CURLU_NON_SUPPORT_SCHEME) !=
          CURLUE_OK) {
    return problem("the address is not a URL");
  }
  if (part_of(parsed, CURLUPART_USER) || part_of(parsed, CURLUPART_PASSWORD)) {
    return problem("the address holds a user or password");
  }
  url.host = without_brackets(part_of(parsed, CURLUPART_HOST).value_or(""));
  url.path = part_of(parsed, CURLUPART_PATH).value_or("/");
  const auto scheme = part_of(parsed, CURLUPART_SCHEME).value_or("");
  if (url.host.empty()) return problem("the address has no host");
  if (scheme == "https") return url;
  if (scheme != "http") return problem("the address is not https");
  if (!request.unix_socket && !is_loopback(url.host)) {
    return problem("plain http is spoken with this machine only; the address must be https");
  }
  url.scheme = "http";
  return url;
}

}  // namespace tallyman::http
