// Users, tokens and the audit log as the API shows and changes them; requests that come twice.
#include "api/door_test.h"

namespace tallyman::tests {
namespace {

using namespace std::chrono_literals;
namespace json = boost::json;

class PeopleApi : public DoorTest {
 protected:
  PeopleApi() : ana(*this) {
    add_user("ana", "admin", kAnaWords);
    ana.sign_in("ana", kAnaWords);
  }
  int add(const std::string& name, const std::string& role, std::string_view words = kBenWords) {
    return ana.send("POST", "/api/v1/users", {{"name", name}, {"role", role}, {"password", words}})
        .status;
  }
  int change(const std::string& name, const json::object& what) {
    return ana.send("PATCH", "/api/v1/users/" + name, what).status;
  }
  std::string audited() {
    std::string all;
    for (const auto& row : rows("SELECT who || ' ' || action || ' ' || subject || ' ' || detail "
                                "FROM audit_log ORDER BY audit_id")) {
      all += row + "\n";
    }
    return all;
  }
  Browser ana;
};
INSTANTIATE_TEST_SUITE_P(Api, PeopleApi,
                         testing::Values(ports::Dialect::sqlite, ports::Dialect::postgres));

TEST_P(PeopleApi, AnAdminLetsOthersIn) {
  EXPECT_EQ(add("Ben", "operator"), 201);
  EXPECT_EQ(add("ben", "viewer"), 409);
  EXPECT_EQ(add("b", "viewer"), 422);
  EXPECT_EQ(add("cid", "viewer", "short"), 422);
  EXPECT_EQ(add("cid", "viewer", "password123"), 422);
  EXPECT_EQ(add("cid.jones", "viewer", "cid.jones2026"), 422);
  EXPECT_EQ(add("cid", "owner"), 400);
  EXPECT_EQ(ana.send("POST", "/api/v1/users",
                     {{"name", "cid"}, {"role", "viewer"}, {"password", kBenWords}, {"id", 1}})
                .status,
            400);
  const auto users = parsed(ana.get("/api/v1/users")).at("items").as_array();
  ASSERT_EQ(users.size(), 2U);
  EXPECT_EQ(users[0].at("sessions").as_int64(), 1);
  EXPECT_EQ(users[1].at("name").as_string(), "ben");
  EXPECT_TRUE(users[1].at("last_seen_at").is_null());
  Browser ben(*this);
  EXPECT_EQ(ben.sign_in("ben", kBenWords).status, 200);
  EXPECT_EQ(ben.get("/api/v1/users").status, 403);
  EXPECT_NE(audited().find(R"(user:ana user.add ben {"role":"operator"})"), std::string::npos)
      << audited();
  EXPECT_EQ(audited().find("plums"), std::string::npos);
}

TEST_P(PeopleApi, AnotherRoleOrPasswordOrNoneEndsTheSessions) {
  add("ben", "viewer");
  int changes = 0;
  for (const auto& what :
       {json::object{{"role", "operator"}}, json::object{{"password", "seven jars of pears"}},
        json::object{{"disabled", true}}}) {
    Browser ben(*this);
    ben.sign_in("ben", changes < 2 ? kBenWords : "seven jars of pears");
    EXPECT_EQ(ben.get("/api/v1/sync/status").status == 401, false);
    EXPECT_EQ(change("ben", what), 200);
    EXPECT_EQ(ben.get("/api/v1/users").status, 401) << json::serialize(what);
    ++changes;
  }
  Browser ben(*this);
  EXPECT_EQ(ben.sign_in("ben", "seven jars of pears").status, 401) << "disabled";
  EXPECT_EQ(change("ben", {{"disabled", false}}), 200);
  EXPECT_EQ(ben.sign_in("ben", "seven jars of pears").status, 200);
  EXPECT_EQ(change("nobody", {{"role", "admin"}}), 404);
  EXPECT_EQ(change("ben", {{"role", "owner"}}), 400);
  EXPECT_EQ(change("ben", {{"name", "eve"}}), 400);
  for (const auto* line : {R"(user:ana user.role ben {"before":"viewer","after":"operator"})",
                           "user:ana user.password ben {}", "user:ana user.disable ben {}",
                           "user:ana user.enable ben {}"}) {
    EXPECT_NE(audited().find(line), std::string::npos) << line;
  }
}

TEST_P(PeopleApi, AChangeThatChangesNothingEndsNoSession) {
  add("ben", "viewer");
  Browser ben(*this);
  ben.sign_in("ben", kBenWords);
  const auto before = audited();
  // An empty object is sent as text: the browser of these tests leaves an empty body out.
  http_server::Request nothing;
  nothing.method = "PATCH";
  nothing.path = "/api/v1/users/ben";
  nothing.peer = "unix";
  nothing.headers = {{"Content-Type", "application/json"}};
  nothing.body = "{}";
  EXPECT_EQ(send(nothing).status, 200);
  EXPECT_EQ(change("ben", {{"role", "viewer"}, {"disabled", false}}), 200);
  EXPECT_EQ(parsed(ben.get("/api/v1/session")).at("user").is_null(), false);
  EXPECT_EQ(audited(), before);
}

TEST_P(PeopleApi, TheLastAdminStays) {
  EXPECT_EQ(change("ana", {{"role", "operator"}}), 409);
  EXPECT_EQ(change("ana", {{"disabled", true}}), 409);
  EXPECT_EQ(ana.get("/api/v1/users").status, 200) << "nothing was changed";
  add("cid", "admin");
  EXPECT_EQ(change("cid", {{"disabled", true}}), 200);
  EXPECT_EQ(change("ana", {{"role", "viewer"}}), 409) << "one who cannot sign in does not count";
  EXPECT_EQ(change("cid", {{"disabled", false}}), 200);
  EXPECT_EQ(change("ana", {{"role", "viewer"}}), 200);
}

TEST_P(PeopleApi, ATokenEndsWithTheRoleOrTheAccessOfWhoMadeIt) {
  for (const auto& what : {json::object{{"role", "operator"}}, json::object{{"disabled", true}}}) {
    const std::string name = what.contains("role") ? "ben" : "cid";
    add(name, "admin");
    Browser maker(*this);
    maker.sign_in(name, kBenWords);
    const auto made = maker.send("POST", "/api/v1/tokens", {{"name", "till"}, {"role", "admin"}});
    ASSERT_EQ(made.status, 201) << made.body;
    http_server::Request till;
    till.method = "GET";
    till.path = "/api/v1/users";
    till.peer = "10.0.0.9";
    till.headers = {
        {"Host", std::string(kHost)},
        {"Authorization", "Bearer " + std::string(parsed(made).at("token").as_string())}};
    EXPECT_EQ(send(till).status, 200);
    EXPECT_EQ(change(name, what), 200);
    EXPECT_EQ(send(till).status, 401) << json::serialize(what);
  }
}

TEST_P(PeopleApi, ATokenIsShownOnceAndKeptNowhere) {
  const auto made =
      ana.send("POST", "/api/v1/tokens",
               {{"name", "till"}, {"role", "operator"}, {"expires_at", "2036-01-01T00:00:00Z"}});
  ASSERT_EQ(made.status, 201) << made.body;
  const auto text = std::string(parsed(made).at("token").as_string());
  const auto id = std::string(parsed(made).at("token_id").as_string());
  EXPECT_TRUE(text.starts_with("tally_" + id + "_"));
  const auto list = ana.get("/api/v1/tokens");
  EXPECT_EQ(list.body.find(text.substr(15)), std::string::npos);
  EXPECT_EQ(parsed(list).at("items").as_array().at(0).at("created_by").as_string(), "user:ana");
  const auto stored = everything_stored();
  EXPECT_NE(stored.find(id), std::string::npos) << "this looks where it should";
  EXPECT_EQ(stored.find(text.substr(15)), std::string::npos);
  EXPECT_EQ(stored.find(ana.cookie.substr(9)), std::string::npos) << "nor is a session";
  EXPECT_EQ(stored.find(ana.csrf), std::string::npos);
  EXPECT_EQ(stored.find(kAnaWords), std::string::npos);

  http_server::Request till;
  till.method = "GET";
  till.path = "/api/v1/session";
  till.peer = "10.0.0.9";
  till.headers = {{"Host", std::string(kHost)}, {"Authorization", "Bearer " + text}};
  EXPECT_EQ(parsed(send(till)).at("user").at("role").as_string(), "operator");
  EXPECT_EQ(ana.send("DELETE", "/api/v1/tokens/" + id).status, 204);
  EXPECT_EQ(send(till).status, 401);
  EXPECT_EQ(ana.send("DELETE", "/api/v1/tokens/" + id).status, 404);
}

TEST_P(PeopleApi, ATokenEndsWhenItSaysSo) {
  const auto add_with = [&](const std::string& when) {
    return ana.send("POST", "/api/v1/tokens",
                    {{"name", "till"}, {"role", "viewer"}, {"expires_at", when}});
  };
  EXPECT_EQ(add_with("2020-01-01T00:00:00Z").status, 422);
  EXPECT_EQ(add_with("tomorrow").status, 400);
  const auto made = add_with("2036-01-01T00:00:00Z");
  fresh_.script("UPDATE api_tokens SET expires_us = 1");
  http_server::Request till;
  till.method = "GET";
  till.path = "/api/v1/session";
  till.peer = "10.0.0.9";
  till.headers = {{"Host", std::string(kHost)},
                  {"Authorization", "Bearer " + std::string(parsed(made).at("token").as_string())}};
  EXPECT_EQ(send(till).status, 401);
}

TEST_P(PeopleApi, TheAuditLogIsPagedAndSaysWhetherItIsWhole) {
  for (const auto* name : {"ben", "cid", "dee"}) add(name, "viewer");
  auto page = parsed(ana.get("/api/v1/audit?limit=2&action=user.add"));
  EXPECT_EQ(page.at("items").as_array().size(), 2U);
  EXPECT_EQ(page.at("items").as_array()[0].at("subject").as_string(), "dee");
  EXPECT_EQ(page.at("items").as_array()[0].at("detail").at("role").as_string(), "viewer");
  EXPECT_TRUE(page.at("chain").at("verified").as_bool());
  EXPECT_EQ(page.at("chain").at("checked").as_int64(), 4);
  page = parsed(ana.get("/api/v1/audit?limit=2&action=user.add&cursor=" +
                        std::string(page.at("next_cursor").as_string())));
  EXPECT_EQ(page.at("items").as_array().size(), 1U);
  EXPECT_TRUE(page.at("next_cursor").is_null());
  EXPECT_TRUE(page.at("chain").is_null());
  fresh_.script(GetParam() == ports::Dialect::sqlite
                    ? "DROP TRIGGER audit_log_no_update; UPDATE audit_log SET detail = 'x' "
                      "WHERE audit_id = 2"
                    : "ALTER TABLE audit_log DISABLE TRIGGER USER; UPDATE audit_log SET "
                      "detail = 'x' WHERE audit_id = 2");
  page = parsed(ana.get("/api/v1/audit"));
  EXPECT_FALSE(page.at("chain").at("verified").as_bool());
  EXPECT_EQ(page.at("chain").at("broken_at").as_int64(), 2);
  EXPECT_EQ(ana.get("/api/v1/audit?cursor=x").status, 400);
}

TEST_P(PeopleApi, ARequestSentAgainWithItsKeyIsDoneOnce) {
  const json::object till{{"name", "till"}, {"role", "viewer"}};
  ana.headers["Idempotency-Key"] = "4711";
  EXPECT_EQ(ana.send("POST", "/api/v1/tokens", till).status, 201);
  const auto again = ana.send("POST", "/api/v1/tokens", till);
  EXPECT_EQ(again.status, 409) << "the token was shown once";
  EXPECT_EQ(header(again, "Idempotency-Replayed"), "true");
  EXPECT_EQ(ana.send("POST", "/api/v1/tokens", {{"name", "x"}, {"role", "viewer"}}).status, 422);
  EXPECT_EQ(one("SELECT CAST(COUNT(*) AS TEXT) FROM api_tokens"), "1");
  ana.headers["Idempotency-Key"] = "two words";
  EXPECT_EQ(ana.send("POST", "/api/v1/tokens", till).status, 400);
  ana.headers["Idempotency-Key"] = "4712";
  EXPECT_EQ(ana.send("POST", "/api/v1/tokens", {{"name", "till"}}).status, 400);
  EXPECT_EQ(ana.send("POST", "/api/v1/tokens", till).status, 201) << "nothing was done before";
  ana.headers["Idempotency-Key"] = "4711";
  pass(25h);
  ana.headers.erase("Idempotency-Key");
  EXPECT_EQ(ana.sign_in("ana", kAnaWords).status, 200);
  ana.headers["Idempotency-Key"] = "4711";
  EXPECT_EQ(ana.send("POST", "/api/v1/tokens", till).status, 201) << "forgotten after a day";
}

TEST_P(PeopleApi, TheAnswerGivenOnceIsGivenAgain) {
  context_.status.configured = true;
  ana.headers["Idempotency-Key"] = "sync-4711";
  const auto first = ana.send("POST", "/api/v1/sync/runs");
  EXPECT_EQ(first.status, 202);
  const auto again = ana.send("POST", "/api/v1/sync/runs");
  EXPECT_EQ(again.status, 202);
  EXPECT_EQ(again.body, first.body) << "not: it is running already";
  EXPECT_EQ(header(again, "Idempotency-Replayed"), "true");
  ana.headers.erase("Idempotency-Key");
  EXPECT_NE(ana.send("POST", "/api/v1/sync/runs").body, first.body);
}

TEST_P(PeopleApi, NoPasswordIsMadeIntoAFingerprint) {
  ana.headers["Idempotency-Key"] = "4711";
  EXPECT_EQ(add("ben", "viewer"), 201);
  EXPECT_EQ(add("ben", "viewer"), 409);
  EXPECT_EQ(one("SELECT CAST(COUNT(*) AS TEXT) FROM idempotency_keys"), "0");
}

TEST_P(PeopleApi, TheFirstUserIsAnAdmin) {
  fresh_.script("DELETE FROM sessions; DELETE FROM users");
  http_server::Request local;
  local.method = "POST";
  local.path = "/api/v1/users";
  local.peer = "unix";
  local.headers = {{"Content-Type", "application/json"}};
  local.body = R"({"name":"ben","role":"viewer","password":"seven jars of plums"})";
  EXPECT_EQ(send(local).status, 409);
  local.body = R"({"name":"ben","role":"admin","password":"seven jars of plums"})";
  EXPECT_EQ(send(local).status, 201);
}

}  // namespace
}  // namespace tallyman::tests
