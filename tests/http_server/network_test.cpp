// What counts as one address.
#include "http_server/network.h"

#include <gtest/gtest.h>

#include "http_server/serving.h"
#include "http_server/wire.h"

namespace tallyman::http_server {
namespace {

TEST(Network, AnIpv4AddressIsItself) {
  EXPECT_EQ(network_of("192.0.2.7"), "192.0.2.7");
  EXPECT_EQ(network_of("unix"), "unix");
  EXPECT_EQ(network_of("no address at all"), "no address at all");
  EXPECT_EQ(network_of(""), "");
}

TEST(Network, WhoHasAnIpv6AddressHasItsWhole64) {
  EXPECT_EQ(network_of("2001:db8:1:2:3:4:5:6"), "2001:db8:1:2::/64");
  EXPECT_EQ(network_of("2001:DB8:1:2::ffff"), "2001:db8:1:2::/64");
  EXPECT_EQ(network_of("fe80::1%eth0"), "fe80::/64");
  EXPECT_NE(network_of("2001:db8:1:3::1"), network_of("2001:db8:1:2::1"));
  EXPECT_EQ(network_of("::1"), "::1");
}

TEST(Network, AMappedAddressIsTheIpv4OneThatItHolds) {
  EXPECT_EQ(network_of("::ffff:192.0.2.7"), "192.0.2.7");
  EXPECT_EQ(unmapped("::ffff:192.0.2.7"), "192.0.2.7");
  EXPECT_EQ(unmapped("::ffff:1"), "::ffff:1");
}

// A socket that listens on "::" takes IPv4 clients too, and names them in IPv6.
TEST(Network, AnIpv4ClientOfAnIpv6SocketIsNamedByItsIpv4Address) {
  Options options;
  options.listen.address = "::";
  std::unique_ptr<Server> server;
  try {
    server = std::make_unique<Server>(
        options, [](const Request& request) { return text_response(request.peer); });
  } catch (const ListenError& error) {
    GTEST_SKIP() << "no IPv6 here: " << error.what();
  }
  wire::Wire client(server->port());
  EXPECT_EQ(client.ask("GET / HTTP/1.1\r\nHost: h\r\n\r\n").body, "127.0.0.1");
}

}  // namespace
}  // namespace tallyman::http_server
