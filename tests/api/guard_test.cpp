// The door: every route, every role; cookies, tokens, pages of others, open mode, proxies.
#include "api/guard.h"

#include "api/door_test.h"
#include "api/origin.h"
#include "api/problem.h"

namespace tallyman::tests {
namespace {

using namespace std::chrono_literals;
namespace json = boost::json;

class Guard : public DoorTest {
 protected:
  Guard() {
    add_user("ana", "admin", kAnaWords);
    add_user("ben", "viewer", kBenWords);
  }

  static std::string path_of(const api::Route& route) {
    std::string path;
    bool inside = false;
    for (const char c : route.pattern) {
      if (c == '{') path += '1';
      inside = c == '{' || (inside && c != '}');
      if (!inside && c != '}') path += c;
    }
    return path;
  }

  http_server::Request with_token(const std::string& token, std::string method = "GET",
                                  std::string path = "/api/v1/users") {
    http_server::Request request;
    request.method = std::move(method);
    request.path = std::move(path);
    request.peer = "10.0.0.9";
    request.headers = {{"Host", std::string(kHost)}};
    if (!token.empty()) request.headers.emplace_back("Authorization", "Bearer " + token);
    return request;
  }

  // How admit() ends for a route, without running it: 200, or the status of the refusal.
  int admitted(const api::Route& route, const http_server::Request& request) {
    try {
      api::Call call{.request = request, .path = {}, .who = {}};
      api::admit(context_, route, call);
      return 200;
    } catch (const api::Refusal& refusal) {
      return refusal.status;
    }
  }
};
INSTANTIATE_TEST_SUITE_P(Api, Guard,
                         testing::Values(ports::Dialect::sqlite, ports::Dialect::postgres));

// The matrix: what is below a route's access is refused before its handler is reached.
TEST_P(Guard, EveryRouteRefusesEveryRoleBelowItsAccess) {
  const std::map<std::string, std::string> tokens{{"viewer", add_token("viewer")},
                                                  {"operator", add_token("operator")},
                                                  {"admin", add_token("admin")}};
  int refused = 0;
  for (const auto& route : api::routes()) {
    if (route.access == api::Access::anybody) continue;
    const std::string method(route.method);
    const auto anonymous = send(with_token("", method, path_of(route)));
    EXPECT_EQ(anonymous.status, 401) << route.operation;
    EXPECT_EQ(header(anonymous, "WWW-Authenticate"), "Bearer");
    for (const auto& [role, token] : tokens) {
      const auto rank = static_cast<int>(people::role_from(role).value());
      const bool below = rank + 1 < static_cast<int>(route.access);
      const auto request = with_token(token, method, path_of(route));
      EXPECT_EQ(admitted(route, request), below ? 403 : 200) << route.operation << " " << role;
      if (!below) continue;
      EXPECT_EQ(send(request).status, 403) << route.operation << " " << role;
      ++refused;
    }
  }
  EXPECT_GE(refused, 14) << "seven routes are for admins alone";
}

TEST_P(Guard, WhatTheTableDoesNotSayIsForAdmins) {
  EXPECT_EQ(api::Route{}.access, api::Access::admin);
}

TEST_P(Guard, OnlyWhatNeedsNoSignInIsForAnybody) {
  std::set<std::string_view> open;
  for (const auto& route : api::routes()) {
    if (route.access == api::Access::anybody) open.insert(route.operation);
  }
  // Metrics look at who asks themselves: this machine needs no sign-in for them.
  for (const auto* expected : {"getBootstrap", "getOpenapi", "getLive", "getReady", "getSession",
                               "beginSession", "setUp", "getMetrics"}) {
    EXPECT_EQ(open.erase(expected), 1U) << expected;
  }
  EXPECT_TRUE(open.empty()) << *open.begin() << " answers strangers: is that meant?";
}

TEST_P(Guard, AReadRouteChangesNothing) {
  for (const auto& route : api::routes()) {
    const bool reads = route.method == "GET";
    EXPECT_TRUE(reads || route.method == "POST" || route.method == "PUT" ||
                route.method == "PATCH" || route.method == "DELETE")
        << route.operation;
    EXPECT_TRUE(!reads || route.body.empty()) << route.operation;
  }
}

TEST_P(Guard, ATokenThatIsWrongIsRefusedEvenWhereNobodyHasToSignIn) {
  const auto token = add_token("admin");
  EXPECT_EQ(send(with_token(token)).status, 200);
  auto wrong = token;
  wrong.back() = wrong.back() == 'a' ? 'b' : 'a';
  for (const auto& shown : {wrong, std::string("tally_x"), token + "x", std::string("null")}) {
    EXPECT_EQ(send(with_token(shown)).status, 401) << shown;
  }
  auto request = with_token("");
  request.headers.emplace_back("Authorization", "Basic YTpi");
  EXPECT_EQ(send(request).status, 401);
  request = with_token(wrong, "GET", "/api/v1/session");
  EXPECT_EQ(send(request).status, 401);
  request = with_token(token);
  request.headers.back().second = "bearer   " + token;
  EXPECT_EQ(send(request).status, 200) << "the word Bearer has no case";
}

TEST_P(Guard, ATokensUseIsNotedOnceAMinute) {
  const auto token = add_token("viewer");
  const auto used = [&] { return one("SELECT CAST(last_used_us AS TEXT) FROM api_tokens"); };
  EXPECT_EQ(used(), "NULL");
  send(with_token(token, "GET", "/api/v1/session"));
  const auto first = used();
  EXPECT_NE(first, "NULL");
  clock_.advance(59s);
  send(with_token(token, "GET", "/api/v1/session"));
  EXPECT_EQ(used(), first);
  pass(2min);
  const auto before = used();
  send(with_token(token, "GET", "/api/v1/session"));
  EXPECT_NE(used(), before);
}

TEST_P(Guard, AForgedOrOldCookieIsNobody) {
  Browser ana(*this);
  EXPECT_EQ(ana.sign_in("ana", kAnaWords).status, 200);
  EXPECT_EQ(ana.get("/api/v1/users").status, 200);
  const std::string good = ana.cookie;
  for (const auto& forged :
       {std::string("tallyman=") + std::string(64, '0'), std::string("tallyman=admin"),
        std::string("tallyman="), good + "0", good.substr(0, good.size() - 1),
        "tallyman=" + one("SELECT session_hash FROM sessions"),  // what a dump would show
        "__Host-" + good, good + "; " + good, "tallyman=" + std::string(64, 'f') + "; " + good}) {
    ana.cookie = forged;
    EXPECT_EQ(ana.get("/api/v1/users").status, 401) << forged;
    EXPECT_TRUE(parsed(ana.get("/api/v1/session")).at("user").is_null());
  }
  ana.cookie = "theme=dark; " + good + "; x=y";
  EXPECT_EQ(ana.get("/api/v1/users").status, 200);
  EXPECT_EQ(ana.send("DELETE", "/api/v1/session").status, 204);
  ana.cookie = good;
  EXPECT_EQ(ana.get("/api/v1/users").status, 401) << "replayed after signing out";
}

TEST_P(Guard, AWriteWithACookieNeedsTheTokenOfThatSessionAndAPageOfOurs) {
  Browser ana(*this);
  Browser other(*this, "10.0.0.6");
  ana.sign_in("ana", kAnaWords);
  other.sign_in("ana", kAnaWords);
  ASSERT_NE(ana.csrf, other.csrf);
  const json::object token{{"name", "till"}, {"role", "viewer"}};
  const auto status = [&] { return ana.send("POST", "/api/v1/tokens", token).status; };
  EXPECT_EQ(status(), 201);
  const auto own = ana.csrf;
  for (const auto& replayed : {std::string(), std::string("x"), other.csrf, std::string(64, '0')}) {
    ana.csrf = replayed;
    EXPECT_EQ(status(), 403) << replayed;
  }
  ana.csrf = own;
  for (const auto* origin : {"http://evil.example", "null", "http://tally.example.evil.example",
                             "http://tally.example:81", "tally.example"}) {
    ana.headers = {{"Origin", origin}};
    EXPECT_EQ(status(), 403) << origin;
  }
  for (const auto* site : {"cross-site", "same-site", "none"}) {
    ana.headers = {{"Sec-Fetch-Site", site}};
    EXPECT_EQ(status(), 403) << site;
  }
  ana.headers = {{"Origin", ""}, {"Sec-Fetch-Site", ""}};
  EXPECT_EQ(status(), 403) << "a browser that says nothing";
  ana.headers = {{"Sec-Fetch-Site", ""}};
  EXPECT_EQ(status(), 201) << "an old browser says Origin only";
  EXPECT_EQ(one("SELECT CAST(COUNT(*) AS TEXT) FROM api_tokens"), "2");
}

TEST_P(Guard, WhatAFormCanSendIsRefused) {
  Browser ana(*this);
  ana.sign_in("ana", kAnaWords);
  for (const auto* type :
       {"text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x"}) {
    ana.headers = {{"Content-Type", type}};
    EXPECT_EQ(ana.send("POST", "/api/v1/tokens", {{"name", "x"}, {"role", "admin"}}).status, 415)
        << type;
    EXPECT_EQ(ana.send("POST", "/api/v1/sync/runs").status, 415) << type;
  }
}

TEST_P(Guard, TheCookieIsForThisHostAloneAndNoScriptReadsIt) {
  Browser plain(*this);
  const auto set = header(plain.sign_in("ana", kAnaWords), "Set-Cookie");
  EXPECT_TRUE(set.starts_with("tallyman=")) << set;
  EXPECT_TRUE(set.ends_with("; Path=/; HttpOnly; SameSite=Strict")) << set;
  EXPECT_EQ(set.size(),
            std::string_view("tallyman=; Path=/; HttpOnly; SameSite=Strict").size() + 64)
      << "256 bits";

  Browser over_tls(*this, "10.0.0.1");
  over_tls.headers = {{"X-Forwarded-Proto", "https"}, {"X-Forwarded-For", "192.0.2.7"}};
  const auto answer = over_tls.sign_in("ana", kAnaWords);
  EXPECT_TRUE(header(answer, "Set-Cookie").starts_with("__Host-tallyman="));
  EXPECT_TRUE(header(answer, "Set-Cookie").ends_with("; SameSite=Strict; Secure"));
  EXPECT_EQ(header(answer, "Strict-Transport-Security"), "max-age=31536000; includeSubDomains");
  EXPECT_TRUE(parsed(answer).at("secure").as_bool());
  EXPECT_EQ(over_tls.get("/api/v1/users").status, 200);
  EXPECT_EQ(one("SELECT peer FROM sessions WHERE peer LIKE '192%'"), "192.0.2.7");

  Browser pretender(*this);  // no proxy of ours
  pretender.headers = over_tls.headers;
  const auto believed = pretender.sign_in("ana", kAnaWords);
  EXPECT_TRUE(header(believed, "Set-Cookie").starts_with("tallyman="));
  EXPECT_EQ(header(believed, "Strict-Transport-Security"), "");
}

TEST_P(Guard, OverTlsAPageThatCameWithoutItIsNotOurs) {
  Browser ana(*this, "10.0.0.1");
  ana.headers = {{"X-Forwarded-Proto", "https"},
                 {"X-Forwarded-For", "192.0.2.7"},
                 {"Origin", "https://tally.example"},
                 {"Sec-Fetch-Site", ""}};
  EXPECT_EQ(ana.sign_in("ana", kAnaWords).status, 200);
  const json::object token{{"name", "till"}, {"role", "viewer"}};
  EXPECT_EQ(ana.send("POST", "/api/v1/tokens", token).status, 201);
  ana.headers["Origin"] = "http://tally.example";
  EXPECT_EQ(ana.send("POST", "/api/v1/tokens", token).status, 403);
  ana.headers["Origin"] = "ftp://tally.example";
  EXPECT_EQ(ana.send("POST", "/api/v1/tokens", token).status, 403);

  Browser behind_an_unnamed_proxy(*this);
  behind_an_unnamed_proxy.headers = {{"Origin", "https://tally.example"}, {"Sec-Fetch-Site", ""}};
  EXPECT_EQ(behind_an_unnamed_proxy.sign_in("ana", kAnaWords).status, 200);
  EXPECT_EQ(behind_an_unnamed_proxy.send("POST", "/api/v1/tokens", token).status, 201);
}

TEST_P(Guard, OtherNamesAreNotUs) {
  Browser ana(*this);
  for (const auto* host : {"evil.example", "10.0.0.8", "tally.example.evil.example"}) {
    ana.headers = {{"Host", host}};
    EXPECT_EQ(ana.get("/api/v1/session").status, 421) << host;
  }
  ana.headers = {{"Host", "Tally.Example:8080"}};
  EXPECT_EQ(ana.get("/api/v1/session").status, 200);
}

// Nobody has signed up yet, or the demo: the browser of this machine may do everything.
class OpenDoor : public DoorTest {
 protected:
  http_server::Request local(std::string path = "/api/v1/users") {
    http_server::Request request;
    request.method = "GET";
    request.path = std::move(path);
    request.peer = "127.0.0.1";
    request.headers = {{"Host", "localhost:8080"}};
    return request;
  }
};
INSTANTIATE_TEST_SUITE_P(Api, OpenDoor,
                         testing::Values(ports::Dialect::sqlite, ports::Dialect::postgres));

TEST_P(OpenDoor, OnlyTheDemoNeedsNoSignIn) {
  EXPECT_EQ(send(local()).status, 401) << "without users the setup link is the way in";
  auto session = parsed(send(local("/api/v1/session")));
  EXPECT_FALSE(session.at("open").as_bool());
  EXPECT_TRUE(session.at("setup_needed").as_bool());
  EXPECT_TRUE(session.at("user").is_null());
  context_.demo = true;
  EXPECT_EQ(send(local()).status, 200);
  session = parsed(send(local("/api/v1/session")));
  EXPECT_TRUE(session.at("open").as_bool());
  EXPECT_EQ(session.at("user").at("kind").as_string(), "local");
  EXPECT_EQ(session.at("user").at("role").as_string(), "admin");
  context_.door.proxies = {"127.0.0.1"};
  EXPECT_EQ(send(local()).status, 401) << "a proxy on this machine speaks for others";
}

TEST_P(OpenDoor, OthersNeedOneFromTheFirstMomentOn) {
  auto request = local();
  request.peer = "10.0.0.5";
  EXPECT_EQ(send(request).status, 401);
  for (const auto* through : {"Forwarded", "X-Forwarded-For", "X-Forwarded-Proto", "X-Real-IP",
                              "X-Forwarded-Host", "Via"}) {
    request = local();
    request.headers.emplace_back(through, "127.0.0.1");
    EXPECT_EQ(send(request).status, 401) << "a proxy on this machine: " << through;
  }
  request = local();
  request.headers[0].second = std::string(kHost);
  EXPECT_EQ(send(request).status, 401) << "asked under a name for others";
}

TEST_P(OpenDoor, TheProgramsOwnSocketIsAlwaysTheAdmin) {
  add_user("ana", "admin", kAnaWords);
  auto request = local();
  request.peer = "unix";
  EXPECT_EQ(send(request).status, 200);
  EXPECT_EQ(parsed(send([&] {
              auto session = request;
              session.path = "/api/v1/session";
              return session;
            }()))
                .at("user")
                .at("kind")
                .as_string(),
            "local");
  request.headers.emplace_back("Authorization", "Bearer " + add_token("viewer"));
  EXPECT_EQ(send(request).status, 403) << "a token that is shown counts";
}

TEST_P(OpenDoor, APageElsewhereCannotUseIt) {
  context_.demo = true;
  auto request = local("/api/v1/tokens");
  request.method = "POST";
  request.body = R"({"name":"x","role":"admin"})";
  request.headers.emplace_back("Content-Type", "application/json");
  request.headers.emplace_back("Origin", "http://evil.example");
  EXPECT_EQ(send(request).status, 403);
  request.headers.back() = {"Sec-Fetch-Site", "cross-site"};
  EXPECT_EQ(send(request).status, 403);
  request.headers.back() = {"Origin", "http://localhost:8080"};
  EXPECT_EQ(send(request).status, 201);
}

TEST(Forwarded, EveryLineCountsAndTheLastStrangerIsWhoAsks) {
  http_server::Request request;
  request.peer = "10.0.0.1";
  request.headers = {{"X-Forwarded-For", "192.0.2.66"}, {"x-forwarded-for", "192.0.2.7"}};
  const api::DoorRules rules{.proxies = {"10.0.0.1"}};
  EXPECT_EQ(api::address_of(request, rules), "192.0.2.7") << "the first line is the client's own";
  EXPECT_EQ(api::address_of(request, {}), "10.0.0.1") << "nobody is believed unasked";
}

}  // namespace
}  // namespace tallyman::tests
