#include "api/origin.h"

#include <algorithm>
#include <optional>

#include "http_server/network.h"

namespace tallyman::api {

namespace {

using http_server::Request;

constexpr std::size_t kLongestAddress = 64;

// "localhost:8080" -> "localhost"; "[::1]:8080" -> "[::1]".
std::string_view host_of(std::string_view authority) {
  if (authority.starts_with('[')) return authority.substr(0, authority.find(']') + 1);
  return authority.substr(0, authority.find(':'));
}

bool is_loopback_name(std::string_view host) {
  const bool is_address = host.find_first_not_of("0123456789.") == std::string_view::npos;
  return host == "localhost" || host == "[::1]" || (is_address && host.starts_with("127."));
}

bool is_loopback_address(std::string_view peer) {
  return peer == "::1" || peer.starts_with("127.");
}

std::string lower(std::string_view text) {
  std::string small(text);
  for (char& c : small) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return small;
}

// All lines of that name in their order, as one list: a proxy may add a line instead of an entry.
std::string every_header(const Request& request, std::string_view name) {
  std::string all;
  for (const auto& [key, value] : request.headers) {
    if (lower(key) != lower(name)) continue;
    if (!all.empty()) all += ',';
    all += value;
  }
  return all;
}

std::string_view trimmed(std::string_view text) {
  const auto first = text.find_first_not_of(" \t");
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(" \t") - first + 1);
}

bool is_one_of(std::string_view text, const std::vector<std::string>& all) {
  return std::ranges::find(all, text) != all.end();
}

enum class Sender { not_told, ours, other };

// A page that came without TLS may be anybody's on the way: over TLS it does not count as ours. The
// other way round it does, behind a proxy that nobody has named to us.
Sender by_origin(const Request& request, const DoorRules& rules) {
  const auto origin = ports::find_header(request.headers, "Origin");
  if (!origin) return Sender::not_told;
  const auto host = ports::find_header(request.headers, "Host");
  const auto scheme_end = origin->find("://");
  if (!host || scheme_end == std::string_view::npos) return Sender::other;
  const std::string scheme = lower(origin->substr(0, scheme_end));
  const bool may_be = scheme == "https" || (scheme == "http" && !is_secure(request, rules));
  const bool same_host = lower(origin->substr(scheme_end + 3)) == lower(*host);
  return may_be && same_host ? Sender::ours : Sender::other;
}

// "none": typed in or clicked in a bookmark, never sent by a page.
Sender by_fetch_site(const Request& request) {
  const auto site = ports::find_header(request.headers, "Sec-Fetch-Site");
  if (!site) return Sender::not_told;
  return *site == "same-origin" ? Sender::ours : Sender::other;
}

}  // namespace

bool is_misled(const Request& request, const DoorRules& rules) {
  const auto authority = ports::find_header(request.headers, "Host");
  if (!authority) return false;
  const std::string host = lower(host_of(*authority));
  return !is_loopback_name(host) && !is_one_of(host, rules.hosts);
}

bool is_reading(const Request& request) {
  return request.method == "GET" || request.method == "HEAD";
}

bool is_foreign(const Request& request, const DoorRules& rules) {
  if (is_reading(request)) return false;
  return by_origin(request, rules) == Sender::other || by_fetch_site(request) == Sender::other;
}

bool is_from_our_page(const Request& request, const DoorRules& rules) {
  return !is_foreign(request, rules) &&
         (by_origin(request, rules) == Sender::ours || by_fetch_site(request) == Sender::ours);
}

bool is_direct_and_local(const Request& request, const DoorRules& rules) {
  if (is_one_of(request.peer, rules.proxies)) return false;
  for (const auto* forwarded : {"Forwarded", "X-Forwarded-For", "X-Forwarded-Proto",
                                "X-Forwarded-Host", "X-Real-IP", "Via"}) {
    if (ports::find_header(request.headers, forwarded)) return false;
  }
  const auto authority = ports::find_header(request.headers, "Host");
  return is_loopback_address(request.peer) &&
         (!authority || is_loopback_name(lower(host_of(*authority))));
}

std::string address_of(const Request& request, const DoorRules& rules) {
  if (!is_one_of(request.peer, rules.proxies)) return request.peer;
  // The last entries were written by proxies we believe, the one before them by the first of those.
  const std::string all = every_header(request, "X-Forwarded-For");
  std::string_view rest = all;
  while (!rest.empty()) {
    const auto comma = rest.rfind(',');
    const auto entry = trimmed(comma == std::string_view::npos ? rest : rest.substr(comma + 1));
    if (!entry.empty() && !is_one_of(entry, rules.proxies)) {
      return std::string(entry.substr(0, kLongestAddress));
    }
    rest = comma == std::string_view::npos ? std::string_view{} : rest.substr(0, comma);
  }
  return request.peer;
}

std::string network_of(const Request& request, const DoorRules& rules) {
  return http_server::network_of(address_of(request, rules));
}

bool is_secure(const Request& request, const DoorRules& rules) {
  return is_one_of(request.peer, rules.proxies) &&
         ports::find_header(request.headers, "X-Forwarded-Proto") == "https";
}

}  // namespace tallyman::api
