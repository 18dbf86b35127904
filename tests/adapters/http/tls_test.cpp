#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>

#include <gtest/gtest.h>
#include <openssl/ssl.h>

#include "adapters/http/asking.h"
#include "adapters/http/raw_server.h"
#include "http_server/server.h"

namespace tallyman::http {
namespace {

using ports::HttpError;

class TlsTest : public testing::Test {
 public:
  TlsTest() {
    folder_ = (std::filesystem::temp_directory_path() / "tallyman-XXXXXX").string();
    if (::mkdtemp(folder_.data()) == nullptr) ADD_FAILURE() << "no temporary folder";
  }
  ~TlsTest() override { std::filesystem::remove_all(folder_); }
  TlsTest(const TlsTest&) = delete;
  TlsTest& operator=(const TlsTest&) = delete;

 protected:
  std::string save(const Certificate& certificate) const {
    const std::string path = folder_ + "/ca.pem";
    std::ofstream(path) << certificate.certificate;
    return path;
  }
  static void expect_refused(const RawServer& server, Asker asker) {
    const auto result = asker.get(server.url());
    ASSERT_FALSE(result.has_value());
    EXPECT_EQ(ports::word(result.error().kind), ports::word(HttpError::tls)) << result.error().what;
    EXPECT_TRUE(server.requests().empty());
  }

  std::string folder_;
};

Answering yes(const std::string& /*request*/, int /*number*/) {
  return {"HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nyes"};
}

TEST_F(TlsTest, ACertificateNobodyVouchesForIsRefused) {
  const RawServer server(yes, Tls{make_certificate("DNS:localhost")});
  expect_refused(server, Asker{});
}

TEST_F(TlsTest, ACertificateOfTheGivenAuthorityIsAccepted) {
  const auto certificate = make_certificate("DNS:localhost");
  const RawServer server(yes, Tls{certificate});
  Asker asker(save(certificate));
  const auto result = asker.get(server.url());
  ASSERT_TRUE(result.has_value()) << result.error().what;
  EXPECT_EQ(result->body, "yes");
}

TEST_F(TlsTest, ATrustedCertificateForAnotherNameIsRefused) {
  const auto certificate = make_certificate("DNS:example.com");
  const RawServer server(yes, Tls{certificate});
  expect_refused(server, Asker{save(certificate)});
}

TEST_F(TlsTest, AnotherAuthorityThanTheGivenOneIsRefused) {
  const RawServer server(yes, Tls{make_certificate("DNS:localhost")});
  expect_refused(server, Asker{save(make_certificate("DNS:localhost"))});
}

TEST_F(TlsTest, VersionsBefore12AreRefused) {
  const auto certificate = make_certificate("DNS:localhost");
  const RawServer server(yes, Tls{certificate, TLS1_1_VERSION});
  expect_refused(server, Asker{save(certificate)});
}

TEST_F(TlsTest, Version12IsAccepted) {
  const auto certificate = make_certificate("DNS:localhost");
  const RawServer server(yes, Tls{certificate, TLS1_2_VERSION});
  Asker asker(save(certificate));
  EXPECT_TRUE(asker.get(server.url()).has_value());
}

TEST_F(TlsTest, AMissingAuthorityFileIsRefused) {
  const RawServer server(yes, Tls{make_certificate("DNS:localhost")});
  expect_refused(server, Asker{folder_ + "/missing.pem"});
}

TEST_F(TlsTest, APlainServerBehindAnHttpsAddressIsRefused) {
  const http_server::Server server(
      {}, [](const http_server::Request&) { return http_server::Response{}; });
  Asker asker;
  const auto result = asker.get("https://localhost:" + std::to_string(server.port()) + "/");
  ASSERT_FALSE(result.has_value());
  EXPECT_EQ(result.error().kind, HttpError::tls);
}

TEST_F(TlsTest, AnAnswerThatMayHaveBeenCutIsBroken) {
  const auto certificate = make_certificate("DNS:localhost");
  const RawServer server(
      [](const std::string&, int) {
        return Answering{"HTTP/1.1 200 OK\r\nConnection: close\r\n\r\nhalf", Then::close};
      },
      Tls{certificate});
  Asker asker(save(certificate));
  const auto result = asker.get(server.url());
  ASSERT_FALSE(result.has_value());
  EXPECT_EQ(result.error().kind, HttpError::broken);
}

}  // namespace
}  // namespace tallyman::http
