// The serving rules of the pages, on the files that are really embedded.
#include "api/pages.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include <gtest/gtest.h>
#include <unistd.h>

#include "api/assets.h"
#include "domain/base/digest.h"

namespace tallyman::api {
namespace {

using http_server::Request;
using http_server::Response;

constexpr auto browser_accept = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8";

Request get(std::string path, ports::Headers headers = {}) {
  Request request;
  request.method = "GET";
  request.path = std::move(path);
  request.headers = std::move(headers);
  return request;
}

std::string header(const Response& response, std::string_view name) {
  const auto value = ports::find_header(response.headers, name);
  return value ? std::string(*value) : "(none)";
}

const Asset* first_immutable() {
  const auto found = std::ranges::find_if(assets(), &Asset::immutable);
  return found == assets().end() ? nullptr : &*found;
}

TEST(Pages, RootIsTheIndexPageAndIsAskedForEachTime) {
  const auto response = page(get("/"));
  ASSERT_TRUE(response);
  EXPECT_EQ(response->status, 200);
  EXPECT_EQ(header(*response, "Content-Type"), "text/html; charset=utf-8");
  EXPECT_EQ(header(*response, "Cache-Control"), "no-cache");
  EXPECT_EQ(header(*response, "Vary"), "Accept-Encoding");
  EXPECT_TRUE(response->body.starts_with("<!doctype html>"));
}

TEST(Pages, AnAddressOfThePagesGivesTheIndexToWhoeverReadsHtml) {
  const auto root = page(get("/"));
  const auto deep = page(get("/orders/100528", {{"Accept", browser_accept}}));
  EXPECT_EQ(deep->status, 200);
  EXPECT_EQ(deep->body, root->body);
  EXPECT_EQ(page(get("/orders/100528", {{"Accept", "application/json"}}))->status, 404);
  EXPECT_EQ(page(get("/orders/100528", {{"Accept", "text/html;q=0, */*"}}))->status, 404);
  EXPECT_EQ(page(get("/orders/100528"))->status, 404);
}

TEST(Pages, EveryEmbeddedFileUnpacksToWhatItsTagSays) {
  ASSERT_FALSE(assets().empty());
  for (const Asset& asset : assets()) {
    const auto response = page(get(std::string(asset.path)));
    ASSERT_EQ(response->status, 200) << asset.path;
    EXPECT_EQ(response->body.size(), asset.size) << asset.path;
    EXPECT_EQ(sha256_hex(response->body).substr(0, 20), asset.etag) << asset.path;
    EXPECT_EQ(header(*response, "Content-Encoding"), "(none)");
    EXPECT_EQ(asset.immutable, asset.path.starts_with("/assets/")) << asset.path;
  }
}

TEST(Pages, AFileWithAHashInItsNameIsKeptForEverAndSentPackedWhenThatIsAccepted) {
  const Asset* asset = first_immutable();
  if (asset == nullptr) GTEST_SKIP() << "built without pages";
  const auto response = page(get(std::string(asset->path), {{"Accept-Encoding", "gzip, deflate"}}));
  EXPECT_EQ(header(*response, "Cache-Control"), "public, max-age=31536000, immutable");
  EXPECT_EQ(header(*response, "Content-Encoding"), "gzip");
  EXPECT_EQ(header(*response, "Vary"), "Accept-Encoding");
  EXPECT_EQ(response->body, asset->gzip);
  EXPECT_EQ(response->body.substr(0, 10), std::string("\x1f\x8b\x08\0\0\0\0\0\x02\xff", 10));
  const auto refused =
      page(get(std::string(asset->path), {{"Accept-Encoding", "gzip;q=0, identity"}}));
  EXPECT_EQ(header(*refused, "Content-Encoding"), "(none)");
  EXPECT_NE(header(*refused, "ETag"), header(*response, "ETag"));
}

TEST(Pages, AKnownTagIsAnsweredWithoutABody) {
  const auto tag = header(*page(get("/")), "ETag");
  for (const std::string& sent : {tag, "\"other\", " + tag, "W/" + tag, std::string("*")}) {
    const auto response = page(get("/", {{"If-None-Match", sent}}));
    EXPECT_EQ(response->status, 304) << sent;
    EXPECT_TRUE(response->body.empty());
    EXPECT_EQ(header(*response, "ETag"), tag);
    EXPECT_EQ(header(*response, "Cache-Control"), "no-cache");
  }
  EXPECT_EQ(page(get("/", {{"If-None-Match", "\"other\""}}))->status, 200);
  EXPECT_EQ(page(get("/", {{"If-None-Match", tag}, {"Accept-Encoding", "gzip"}}))->status, 200)
      << "the packed body is another representation";
}

TEST(Pages, AMissingAssetIsNeverThePage) {
  const auto response = page(get("/assets/index-0ld.js", {{"Accept", browser_accept}}));
  EXPECT_EQ(response->status, 404);
  EXPECT_EQ(header(*response, "Cache-Control"), "no-store");
  EXPECT_EQ(response->body.find("<html"), std::string::npos);
}

TEST(Pages, OtherMethodsAreRefusedWithTheAllowedOnes) {
  auto request = get("/orders");
  request.method = "POST";
  EXPECT_EQ(page(request)->status, 405);
  EXPECT_EQ(header(*page(request), "Allow"), "GET, HEAD");
  request.method = "HEAD";
  request.headers = {{"Accept", browser_accept}};
  EXPECT_EQ(page(request)->status, 200);
}

TEST(Pages, TheApiKeepsItsOwnAddresses) {
  for (const auto* path : {"/api", "/api/v1/orders", "/health/live", "/metrics"}) {
    EXPECT_FALSE(page(get(path, {{"Accept", browser_accept}}))) << path;
  }
  EXPECT_TRUE(page(get("/apiary", {{"Accept", browser_accept}})));
  const auto missing = no_such_endpoint();
  EXPECT_EQ(missing.status, 404);
  EXPECT_EQ(header(missing, "Content-Type"), "application/problem+json");
  EXPECT_EQ(header(missing, "Cache-Control"), "no-store");
}

TEST(Pages, EveryAnswerCarriesTheStrictPolicyOnce) {
  auto post = get("/");
  post.method = "POST";
  for (const Response& response : {*page(get("/")), *page(get("/assets/none")), *page(post),
                                   no_such_endpoint(), *page(get("/", {{"If-None-Match", "*"}}))}) {
    const auto policy = header(response, "Content-Security-Policy");
    EXPECT_TRUE(policy.starts_with("default-src 'none'; script-src 'self'; style-src 'self';"));
    EXPECT_EQ(policy.find("unsafe"), std::string::npos);
    EXPECT_EQ(header(response, "X-Content-Type-Options"), "nosniff");
    EXPECT_EQ(std::ranges::count(response.headers, "Content-Security-Policy",
                                 &std::pair<std::string, std::string>::first),
              1);
  }
}

TEST(Pages, FromDiskARebuiltFileIsSeenAtOnceAndNothingOutsideIsReached) {
  const auto base =
      std::filesystem::temp_directory_path() / ("tallyman-pages-" + std::to_string(::getpid()));
  const auto folder = base / "dist";
  std::filesystem::create_directories(folder / "assets");
  const auto write = [](const std::filesystem::path& file, std::string_view text) {
    std::ofstream(file) << text;
  };
  write(base / "secret.txt", "outside");
  write(folder / "index.html", "first");
  write(folder / "assets" / "a.js", "let a");

  EXPECT_EQ(page(get("/"), folder)->body, "first");
  write(folder / "index.html", "second");
  EXPECT_EQ(page(get("/"), folder)->body, "second");
  EXPECT_EQ(page(get("/orders", {{"Accept", browser_accept}}), folder)->body, "second");
  const auto script = page(get("/assets/a.js", {{"Accept-Encoding", "gzip"}}), folder);
  EXPECT_EQ(script->body, "let a");
  EXPECT_EQ(header(*script, "Cache-Control"), "no-cache");
  const std::vector<std::string> outside = {"/../secret.txt",
                                            "/assets/../../secret.txt",
                                            "//secret.txt",
                                            "/..\\secret.txt",
                                            "/.hidden",
                                            "/assets",
                                            "/" + (base / "secret.txt").string()};
  for (const auto& path : outside) {
    EXPECT_EQ(page(get(path), folder)->status, 404) << path;
  }
  std::filesystem::remove_all(base);
}

}  // namespace
}  // namespace tallyman::api
