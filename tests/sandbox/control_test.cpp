#include "sandbox/control.h"

#include "sandbox/fixture.h"

namespace tallyman::sandbox {
namespace {

class ControlDoor : public SandboxTest {
 protected:
  json::object done(const std::string& path, const std::string& body = "") {
    const auto response = post("/_sandbox" + path, body);
    EXPECT_LT(response.status, 300) << path << response.body;
    return json::parse(response.body).get_object();
  }
  std::string refusal(int status, const std::string& path, const std::string& body = "") {
    const auto response = post("/_sandbox" + path, body);
    EXPECT_EQ(response.status, status) << path;
    return word_of(json::parse(response.body).at("error"));
  }
};

TEST_F(ControlDoor, MovesOrdersAsPeopleDo) {
  const auto made = done("/orders", R"({"number":"100042","sku":"17904 - 240276","quantity":3})");
  const auto path = "/orders/" + std::to_string(made.at("id").get_int64());
  EXPECT_EQ(made.at("lines").get_array()[0].at("quantity"), 3);
  EXPECT_EQ(done(path + "/edit", R"({"quantity":5,"sku":"17904 - 250001"})")
                .at("lines")
                .get_array()[0]
                .at("sku"),
            "17904 - 250001");
  EXPECT_EQ(done(path + "/hold", R"({"until":"2026-12-01"})").at("hold_until"), "2026-12-01");
  EXPECT_EQ(done(path + "/restore").at("status"), "awaiting_shipment");
  const auto shipped = done(path + "/ship", R"({"packages":2,"tracking":"7946"})");
  EXPECT_EQ(shipped.at("status"), "shipped");
  const auto& labels = shipped.at("shipments").get_array();
  ASSERT_EQ(labels.size(), 2);
  EXPECT_EQ(labels[0].at("tracking"), "7946");
  for (const auto& label : labels) {
    done("/shipments/" + std::to_string(label.at("id").get_int64()) + "/void");
  }
  EXPECT_EQ(done(path + "/cancel").at("status"), "cancelled");
  done(path + "/delete");
  EXPECT_EQ(get("/_sandbox" + path).status, 404);
}

TEST_F(ControlDoor, SplitsAndMerges) {
  const auto one = done("/orders", R"({"quantity":4})").at("id").get_int64();
  const auto two = done("/orders").at("id").get_int64();
  const auto path = "/orders/" + std::to_string(one);
  EXPECT_EQ(word_of(done(path + "/split", R"({"quantity":1})").at("number")),
            world.find(one)->order.number);
  EXPECT_EQ(done(path + "/merge", R"({"gone":)" + std::to_string(two) + "}")
                .at("lines")
                .get_array()
                .size(),
            2);
  EXPECT_FALSE(world.find(two));
}

TEST_F(ControlDoor, SaysClearlyWhatIsWrong) {
  const auto id = std::to_string(order("1"));
  EXPECT_EQ(refusal(404, "/orders/1/ship"), "there is no order 1");
  EXPECT_EQ(refusal(409, "/orders/" + id + "/restore"), "order " + id + " is not on hold");
  EXPECT_EQ(refusal(400, "/orders/" + id + "/edit", R"({"line":3,"quantity":1})"),
            "order " + id + " has no line 3 (they count from 0)");
  EXPECT_EQ(refusal(400, "/orders", "[1]"), "the body is not a JSON object");
  EXPECT_EQ(refusal(404, "/teapot"), "/_sandbox/teapot does not exist; GET /_sandbox lists all");
  EXPECT_EQ(refusal(405, "/stats"), "/_sandbox/stats does not take POST");
  EXPECT_NE(refusal(400, "/faults", R"({"name":"gremlins"})").find("poison_row"),
            std::string::npos);
  EXPECT_EQ(refusal(400, "/orders/" + id + "/hold", R"({"until":"soon"})"),
            "until is a date such as 2026-12-01");
}

TEST_F(ControlDoor, SetsAndClearsFaults) {
  done("/faults", R"({"name":"server_error","probability":1,"times":1,"path":"/Orders"})");
  EXPECT_EQ(get("/stores").status, 200);
  EXPECT_EQ(get("/orders").status, 500);
  EXPECT_EQ(get("/orders").status, 200);
  done("/faults", R"({"name":"html_page"})");
  auto request = asking("/_sandbox/faults");
  request.method = ports::HttpMethod::del;
  EXPECT_TRUE(json::parse(http.send(request, {})->body).at("in_force").get_array().empty());
  EXPECT_EQ(json::parse(get("/stores").body).is_array(), true);
}

TEST_F(ControlDoor, MovesAVirtualClockAndLetsPeopleAct) {
  EXPECT_EQ(done("/clock", R"({"advance_seconds":3600})").at("now"), "2026-11-20T15:30:00.000000Z");
  EXPECT_EQ(clock.now(), at("2026-11-20T15:30:00Z"));
  EXPECT_EQ(read("/_sandbox/clock").at("stamp"), "2026-11-20T07:30:00.0000000");
  done("/act", R"({"n":50})");
  EXPECT_GT(world.snapshot().size(), 0);
  EXPECT_EQ(read("/_sandbox/orders").at("orders").get_array().size(), world.snapshot().size());
  get("/orders");
  EXPECT_EQ(read("/_sandbox/stats").at("total"), 1);
  EXPECT_FALSE(read("/_sandbox").at("routes").get_array().empty());
}

TEST_F(ControlDoor, ARealClockIsNotMoved) {
  World real(clock, {.zone = pacific()});
  http_server::Request request = served("POST", "/_sandbox/clock");
  request.body = R"({"advance_seconds":1})";
  EXPECT_EQ(real.handle(request).status, 409);
}

}  // namespace
}  // namespace tallyman::sandbox
