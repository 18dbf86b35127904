#include "ports/http.h"

#include <algorithm>
#include <cctype>

namespace tallyman::ports {

std::string_view word(HttpMethod method) {
  switch (method) {
    case HttpMethod::get: return "GET";
    case HttpMethod::post: return "POST";
    case HttpMethod::put: return "PUT";
    case HttpMethod::patch: return "PATCH";
    case HttpMethod::del: return "DELETE";
  }
  return "?";
}

std::string_view word(HttpError error) {
  switch (error) {
    case HttpError::bad_url: return "bad address";
    case HttpError::not_resolved: return "host not found";
    case HttpError::not_connected: return "not reachable";
    case HttpError::tls: return "TLS refused";
    case HttpError::timeout: return "timeout";
    case HttpError::broken: return "connection broken";
    case HttpError::too_large: return "answer too large";
    case HttpError::paused: return "paused after failures";
    case HttpError::stopped: return "stopped";
  }
  return "?";
}

std::optional<std::string_view> find_header(const Headers& headers, std::string_view name) {
  const auto same = [](char a, char b) {
    return std::tolower(static_cast<unsigned char>(a)) ==
           std::tolower(static_cast<unsigned char>(b));
  };
  for (const auto& [key, value] : headers) {
    if (std::ranges::equal(key, name, same)) return value;
  }
  return std::nullopt;
}

}  // namespace tallyman::ports
