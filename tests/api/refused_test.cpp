// Who was refused stands in the audit log, with the address; and refusing costs no disk.
#include "adapters/book/audit.h"
#include "api/door_test.h"
#include "ports/statements.h"

namespace tallyman::tests {
namespace {

using namespace std::chrono_literals;

class RefusedAtTheDoor : public DoorTest {
 protected:
  RefusedAtTheDoor() {
    add_user("ana", "admin", kAnaWords);
    add_user("ben", "viewer", kBenWords);
  }
  std::string refusals() {
    std::string all;
    for (const auto& row : rows("SELECT who || ' ' || action || ' ' || subject || ' ' || detail "
                                "FROM audit_log WHERE action LIKE '%.refused' ORDER BY audit_id")) {
      all += row + "\n";
    }
    return all;
  }
  http_server::Response with_token(const std::string& token) {
    http_server::Request request;
    request.method = "GET";
    request.path = "/api/v1/users";
    request.peer = "10.0.0.9";
    request.headers = {{"Host", std::string(kHost)}, {"Authorization", "Bearer " + token}};
    return send(request);
  }
};
INSTANTIATE_TEST_SUITE_P(Api, RefusedAtTheDoor,
                         testing::Values(ports::Dialect::sqlite, ports::Dialect::postgres));

TEST_P(RefusedAtTheDoor, AWrongPasswordIsNotedWithTheAddress) {
  Browser stranger(*this, "203.0.113.9");
  stranger.sign_in("ana", "wrong words");
  stranger.sign_in("nobody here", "wrong words");
  EXPECT_EQ(refusals(), R"(nobody session.refused ana {"address":"203.0.113.9"}
nobody session.refused nobody we know {"address":"203.0.113.9"}
)");
}

TEST_P(RefusedAtTheDoor, WhoMayNotIsNotedOnceAnHourWithHowOften) {
  Browser ben(*this, "10.0.0.6");
  ben.sign_in("ben", kBenWords);
  for (int i = 0; i < 30; ++i) EXPECT_EQ(ben.get("/api/v1/users").status, 403);
  const std::string first =
      R"(user:ben request.refused listUsers {"address":"10.0.0.6","status":403})"
      "\n";
  EXPECT_EQ(refusals(), first);
  EXPECT_EQ(ben.get("/api/v1/audit").status, 403);
  EXPECT_NE(refusals().find("user:ben request.refused listAudit"), std::string::npos);
  clock_.advance(61min);
  with_token("tally_wrong");
  EXPECT_NE(
      refusals().find(
          R"(user:ben request.refused listUsers {"address":"10.0.0.6","status":403,"count":29})"),
      std::string::npos)
      << refusals();
}

TEST_P(RefusedAtTheDoor, ATokenThatIsWrongIsNotedAndWhoShowsNothingIsNot) {
  EXPECT_EQ(with_token("tally_wrong").status, 401);
  EXPECT_EQ(refusals(), R"(nobody request.refused listUsers {"address":"10.0.0.9","status":401})"
                        "\n");
  Browser nobody(*this);
  EXPECT_EQ(nobody.get("/api/v1/users").status, 401);
  EXPECT_EQ(rows("SELECT who FROM audit_log").size(), 1U) << "an open page asks and asks";
}

// From as many addresses as anybody has.
TEST_P(RefusedAtTheDoor, NobodyFillsTheDiskByBeingRefused) {
  for (int i = 0; i < 400; ++i) {
    Browser one(*this, "10.1." + std::to_string(i / 200) + "." + std::to_string(i % 200));
    one.headers = {{"Authorization", "Bearer tally_wrong"}};
    EXPECT_EQ(one.get("/api/v1/users").status, 401);
  }
  EXPECT_EQ(rows("SELECT who FROM audit_log").size(), 200U);
  clock_.advance(61min);
  with_token("tally_wrong");
  EXPECT_NE(refusals().find(R"("address":"many","count":200)"), std::string::npos)
      << "but how many they were is told";
}

TEST_P(RefusedAtTheDoor, TheChainHoldsOverThem) {
  with_token("tally_wrong");
  Browser(*this).sign_in("ana", "wrong words");
  const auto chain = ports::transact(*database_, ports::TxMode::read,
                                     [](ports::Tx& tx) { return book::verify_audit(tx); });
  EXPECT_FALSE(chain.broken_at);
  EXPECT_EQ(chain.checked, 2);
}

}  // namespace
}  // namespace tallyman::tests
