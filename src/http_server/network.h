// Which addresses count as one customer of a connection to the Internet.
#pragma once

#include <string>
#include <string_view>

namespace tallyman::http_server {

// "192.0.2.7" -> "192.0.2.7"; "2001:db8:1:2:3::4" -> "2001:db8:1:2::/64", because whoever has an
// IPv6 address has all of its /64; "::ffff:192.0.2.7" is IPv4. What is no address stays as it is.
std::string network_of(std::string_view address);

// An IPv4 client of a socket that listens on both comes as "::ffff:192.0.2.7": without that.
std::string unmapped(const std::string& name);

}  // namespace tallyman::http_server
