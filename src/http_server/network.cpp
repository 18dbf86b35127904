#include "http_server/network.h"

#include <algorithm>
#include <array>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>

namespace tallyman::http_server {

std::string unmapped(const std::string& name) {
  constexpr std::string_view kMapped = "::ffff:";
  const bool is_mapped = name.starts_with(kMapped) && name.find('.') != std::string::npos;
  return is_mapped ? name.substr(kMapped.size()) : name;
}

std::string network_of(std::string_view address) {
  std::string text = unmapped(std::string(address.substr(0, address.find('%'))));
  in6_addr bytes{};
  if (::inet_pton(AF_INET6, text.c_str(), &bytes) != 1) return text;
  if (IN6_IS_ADDR_LOOPBACK(&bytes)) return text;
  constexpr std::size_t kNetworkBytes = 8;
  std::fill(std::begin(bytes.s6_addr) + kNetworkBytes, std::end(bytes.s6_addr), 0);
  std::array<char, INET6_ADDRSTRLEN> name{};
  ::inet_ntop(AF_INET6, &bytes, name.data(), name.size());
  return std::string(name.data()) + "/64";
}

}  // namespace tallyman::http_server
