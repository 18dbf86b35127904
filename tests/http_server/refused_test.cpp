// Requests that two programs could understand differently, or that are larger than allowed: each
// over a real socket, each refused, and never seen by the handler.
#include <atomic>
#include <ostream>
#include <string>

#include <gtest/gtest.h>

#include "http_server/serving.h"
#include "http_server/wire.h"

namespace tallyman::http_server {
namespace {

struct Probe {
  const char* name;
  std::string bytes;
  int status;
};

std::ostream& operator<<(std::ostream& out, const Probe& probe) { return out << probe.name; }

std::string repeat(std::string_view text, std::size_t times) {
  std::string all;
  while (times-- > 0) all += text;
  return all;
}

const std::string kGet = "GET / HTTP/1.1\r\nHost: h\r\n";
const std::string kPost = "POST / HTTP/1.1\r\nHost: h\r\n";

const Probe kProbes[] = {
    {"ContentLengthAndChunked",
     kPost + "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", 400},
    {"ChunkedAndContentLength",
     kPost + "Transfer-Encoding: chunked\r\nContent-Length: 5\r\n\r\n0\r\n\r\n", 400},
    {"TwoContentLengths", kPost + "Content-Length: 5\r\nContent-Length: 6\r\n\r\nhello", 400},
    {"TwoEqualContentLengths", kPost + "Content-Length: 5\r\nContent-Length: 5\r\n\r\nhello", 400},
    {"ContentLengthList", kPost + "Content-Length: 5, 5\r\n\r\nhello", 400},
    {"ContentLengthWithPlus", kPost + "Content-Length: +5\r\n\r\nhello", 400},
    {"ContentLengthWithMinus", kPost + "Content-Length: -5\r\n\r\nhello", 400},
    {"ContentLengthHexadecimal", kPost + "Content-Length: 0x5\r\n\r\nhello", 400},
    {"ContentLengthEmpty", kPost + "Content-Length:\r\n\r\nhello", 400},
    {"ContentLengthBeyond64Bits", kPost + "Content-Length: 18446744073709551621\r\n\r\nhello", 400},
    {"SpaceBeforeColon", kPost + "Content-Length : 5\r\n\r\nhello", 400},
    {"SpaceBeforeHeaderName", kGet + " X: 1\r\n\r\n", 400},
    {"FoldedHeader", kGet + "X: a\r\n b\r\n\r\n", 400},
    {"FoldedTransferEncoding", kPost + "Transfer-Encoding:\r\n chunked\r\n\r\n0\r\n\r\n", 400},
    {"BareLineFeed", "GET / HTTP/1.1\nHost: h\n\n", 400},
    {"BareLineFeedInHeaders", kGet + "X: a\nY: b\r\n\r\n", 400},
    {"BareCarriageReturn", kGet + "X: a\rY: b\r\n\r\n", 400},
    {"NulInHeader", kGet + std::string("X: a\0b\r\n\r\n", 10), 400},
    {"ControlCharacterInHeader",
     kGet + "X: a\x01"
            "b\r\n\r\n",
     400},
    {"HeaderWithoutColon", kGet + "nonsense\r\n\r\n", 400},
    {"HeaderWithoutName", kGet + ": value\r\n\r\n", 400},
    {"UnknownTransferEncoding", kPost + "Transfer-Encoding: gzip\r\n\r\n", 501},
    {"ChunkedNotLast", kPost + "Transfer-Encoding: chunked, gzip\r\n\r\n", 501},
    {"ChunkedTwice", kPost + "Transfer-Encoding: chunked, chunked\r\n\r\n", 501},
    {"DisguisedTransferEncoding", kPost + "Transfer-Encoding: xchunked\r\n\r\n", 501},
    {"TwoTransferEncodings",
     kPost + "Transfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n\r\n0\r\n\r\n", 400},
    {"TransferEncodingInHttp10",
     "POST / HTTP/1.0\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", 400},
    {"NoHost", "GET / HTTP/1.1\r\n\r\n", 400},
    {"TwoHosts", "GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n", 400},
    {"HostWithUser", "GET / HTTP/1.1\r\nHost: a@b\r\n\r\n", 400},
    {"HostWithPath", "GET / HTTP/1.1\r\nHost: a/b\r\n\r\n", 400},
    {"HostList", "GET / HTTP/1.1\r\nHost: a, b\r\n\r\n", 400},
    {"TwoSpacesInRequestLine", "GET  / HTTP/1.1\r\nHost: h\r\n\r\n", 400},
    {"TabInRequestLine", "GET\t/ HTTP/1.1\r\nHost: h\r\n\r\n", 400},
    {"SpaceInTarget", "GET /a b HTTP/1.1\r\nHost: h\r\n\r\n", 400},
    {"EmptyLineFirst", "\r\nGET / HTTP/1.1\r\nHost: h\r\n\r\n", 400},
    {"NoVersion", "GET /\r\nHost: h\r\n\r\n", 400},
    {"StrangeVersion", "GET / HTTP/1.1x\r\nHost: h\r\n\r\n", 505},
    {"Http2Preface", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", 505},
    {"TlsHello", std::string("\x16\x03\x01\x00\x2e\x01\x00", 7), 400},
    {"AbsoluteTarget", "GET http://h/ HTTP/1.1\r\nHost: h\r\n\r\n", 400},
    {"AsteriskTarget", "OPTIONS * HTTP/1.1\r\nHost: h\r\n\r\n", 400},
    {"ConnectTarget", "CONNECT h:443 HTTP/1.1\r\nHost: h\r\n\r\n", 400},
    {"Fragment", "GET /a#b HTTP/1.1\r\nHost: h\r\n\r\n", 400},
    {"CutEscape", "GET /a%2 HTTP/1.1\r\nHost: h\r\n\r\n", 400},
    {"BadEscape", "GET /a%zz HTTP/1.1\r\nHost: h\r\n\r\n", 400},
    {"NulInPath", "GET /a%00b HTTP/1.1\r\nHost: h\r\n\r\n", 400},
    {"LineEndInPath", "GET /a%0d%0ab HTTP/1.1\r\nHost: h\r\n\r\n", 400},
    {"DotDot", "GET /a/../b HTTP/1.1\r\nHost: h\r\n\r\n", 400},
    {"EscapedDotDot", "GET /a/%2e%2E/b HTTP/1.1\r\nHost: h\r\n\r\n", 400},
    {"DotDotBehindEscapedSlash", "GET /a%2f..%2fb HTTP/1.1\r\nHost: h\r\n\r\n", 400},
    {"DotDotAtTheEnd", "GET /a/.. HTTP/1.1\r\nHost: h\r\n\r\n", 400},
    {"PathNotUtf8", "GET /%ff HTTP/1.1\r\nHost: h\r\n\r\n", 400},
    {"OverlongUtf8", "GET /%c0%ae HTTP/1.1\r\nHost: h\r\n\r\n", 400},
    {"BadEscapeInQuery", "GET /?a=%g1 HTTP/1.1\r\nHost: h\r\n\r\n", 400},
    {"NulInQuery", "GET /?a=%00 HTTP/1.1\r\nHost: h\r\n\r\n", 400},
    {"ChunkSizeNotHexadecimal", kPost + "Transfer-Encoding: chunked\r\n\r\nzz\r\nhello\r\n", 400},
    {"ChunkSizeBeyond64Bits",
     kPost + "Transfer-Encoding: chunked\r\n\r\nfffffffffffffffff1\r\nhello\r\n", 400},
    {"ChunkEndsInLineFeed",
     kPost + "Transfer-Encoding: chunked\r\n\r\n5\nhello\n0\n\n     \r\n\r\n", 400},
    {"ChunkLongerThanSaid", kPost + "Transfer-Encoding: chunked\r\n\r\n3\r\nhello\r\n0\r\n\r\n",
     400},
    {"UnknownExpectation", kPost + "Expect: magic\r\nContent-Length: 1\r\n\r\nx", 417},
    {"TooManyHeaders", kGet + repeat("X: 1\r\n", 100) + "\r\n", 431},
    {"HeaderTooLarge", kGet + "X: " + repeat("a", 17'000) + "\r\n\r\n", 431},
    {"HeaderLineNeverEnds", kGet + "X: " + repeat("a", 60'000), 431},
    {"TargetTooLong", "GET /" + repeat("a", 8'200) + " HTTP/1.1\r\nHost: h\r\n\r\n", 414},
    {"TargetNeverEnds", "GET /" + repeat("a", 60'000), 414},
    {"BodyTooLarge", kPost + "Content-Length: 5000000\r\n\r\n" + repeat("a", 100'000), 413},
    {"BodyTooLargeInChunks",
     kPost + "Transfer-Encoding: chunked\r\n\r\n" +
         repeat("10000\r\n" + repeat("a", 0x10000) + "\r\n", 65) + "0\r\n\r\n",
     413},
    {"OneChunkTooLarge",
     kPost + "Transfer-Encoding: chunked\r\n\r\n7fffffffffffffff\r\n" + repeat("a", 5'000'000),
     413},
    {"TrailersTooLarge",
     kPost + "Transfer-Encoding: chunked\r\n\r\n0\r\nX: " + repeat("a", 300'000) + "\r\n\r\n", 431},
    {"ChunkExtensionTooLarge",
     kPost + "Transfer-Encoding: chunked\r\n\r\n1;x=" + repeat("a", 300'000) + "\r\n", 431},
    {"ManyChunkExtensions",
     kPost + "Transfer-Encoding: chunked\r\n\r\n" +
         repeat("1;x=" + repeat("a", 90) + "\r\nb\r\n", 12),
     431},
    {"LineFeedInTrailers", kPost + "Transfer-Encoding: chunked\r\n\r\n0\r\nX: 1\nY: 2\r\n\r\n",
     400},
};

class Refused : public testing::TestWithParam<Probe> {};

TEST_P(Refused, IsAnsweredWithAProblemAndTheConnectionEnds) {
  std::atomic<int> handled = 0;
  Server server(with({}), [&](const Request& request) {
    ++handled;
    return echo(request);
  });
  wire::Wire client(server.port());
  const auto answer = client.ask(GetParam().bytes);
  EXPECT_EQ(answer.status, GetParam().status);
  EXPECT_EQ(answer.header("Content-Type"), "application/problem+json");
  EXPECT_EQ(answer.header("Connection"), "close");
  EXPECT_NE(answer.body.find("\"status\":" + std::to_string(GetParam().status)), std::string::npos)
      << answer.body;
  EXPECT_EQ(handled, 0);
  client.send(kGet + "\r\n");
  EXPECT_EQ(client.read_to_end(), "") << "nothing behind a refused request is read as a request";
  EXPECT_EQ(handled, 0);
}

INSTANTIATE_TEST_SUITE_P(Everything, Refused, testing::ValuesIn(kProbes),
                         [](const auto& probe) { return std::string(probe.param.name); });

TEST(Refused, CarriesTheHeadersOfEveryAnswer) {
  Options options = with({});
  options.headers = {{"X-Content-Type-Options", "nosniff"}, {"Content-Type", "text/never"}};
  Server server(std::move(options), echo);
  wire::Wire refused(server.port());
  const auto problem = refused.ask("GET / HTTP/1.1\r\n\r\n");
  EXPECT_EQ(problem.status, 400);
  EXPECT_EQ(problem.header("X-Content-Type-Options"), "nosniff");
  EXPECT_EQ(problem.header("Content-Type"), "application/problem+json");
  wire::Wire answered(server.port());
  EXPECT_EQ(answered.ask(kGet + "\r\n").header("X-Content-Type-Options"), "nosniff");
}

TEST(Accepted, WhatLooksOddButIsAllowed) {
  Server server(with({}), echo);
  const std::pair<std::string, std::string> cases[] = {
      {"GET /a%20b+c?x=1+2&y=%2B&z&&=e HTTP/1.1\r\nhost:h\r\n\r\n",
       "GET /a b+c?x=1 2&y=+&z=&=e [0] "},
      {"GET /%C3%A9/10%2F1... HTTP/1.1\r\nHost: [::1]:80\r\n\r\n", "GET /\xc3\xa9/10/1... [0] "},
      {"GET / HTTP/1.1\r\nHost:\r\n\r\n", "GET / [0] "},
      {"POST /p HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: Chunked\r\n\r\n"
       "3;ext=1\r\nabc\r\n2\r\nde\r\n0\r\nTrailer: t\r\n\r\n",
       "POST /p [5] abcde"},
      {"DELETE /d HTTP/1.1\r\nHost: h\r\nContent-Length: 2\r\nX:\t \r\n\r\nhi", "DELETE /d [2] hi"},
  };
  for (const auto& [bytes, told] : cases) {
    wire::Wire client(server.port());
    const auto answer = client.ask(bytes);
    EXPECT_EQ(answer.status, 200) << bytes << answer.body;
    EXPECT_EQ(answer.body, told);
  }
}

}  // namespace
}  // namespace tallyman::http_server
