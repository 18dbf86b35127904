#include <gtest/gtest.h>

#include "adapters/shipstation/support.h"
#include "adapters/shipstation/wire.h"

namespace tallyman::shipstation {
namespace {

using orders::OrderSeen;
using ports::Unreadable;
using Sort = ports::OrderQuery::Sort;

Result<ports::OrderPage> read_page(std::string body, Sort sort = Sort::modified) {
  return read_order_page(body, pacific(), sort);
}

const OrderSeen& seen(const ports::OrderPage& page, std::size_t row) {
  const auto* document = std::get_if<ports::Document<OrderSeen>>(&page.rows.at(row));
  if (document == nullptr) throw std::runtime_error(std::get<Unreadable>(page.rows[row]).problem);
  return document->seen;
}

// A page of one order with the least members, one of them replaced or added.
std::string order_with(std::string_view member, std::string_view value) {
  std::vector<std::pair<std::string, std::string>> members = {
      {"orderId", "5"},
      {"orderNumber", "\"100001\""},
      {"createDate", "\"2026-07-01T00:00:00.0000000\""},
      {"modifyDate", "\"2026-07-02T00:00:00.0000000\""},
      {"orderStatus", "\"shipped\""},
  };
  std::erase_if(members, [&](const auto& m) { return m.first == member; });
  if (!value.empty()) members.emplace_back(member, value);
  std::string text;
  for (const auto& [name, json] : members) {
    text += (text.empty() ? "{\"" : ",\"") + name + "\":" + json;
  }
  return text + "}";
}

std::string page_of(const std::string& orders) {
  return "{\"orders\":[" + orders + "],\"total\":1,\"page\":1,\"pages\":1}";
}

OrderSeen accepted(std::string_view member, std::string_view value) {
  const auto page = read_page(page_of(order_with(member, value)));
  if (!page) throw std::runtime_error(page.error().what);
  return seen(*page, 0);
}

Unreadable refused(std::string_view member, std::string_view value) {
  const auto page = read_page(page_of(order_with(member, value)));
  if (!page) throw std::runtime_error(page.error().what);
  return std::get<Unreadable>(page->rows.at(0));
}

TEST(OrderPage, OfOurGoldenPayloadIsReadMemberByMember) {
  const auto page = read_page(invented("orders_page.json"));
  ASSERT_TRUE(page) << page.error().what;
  EXPECT_EQ(page->total, 41);
  ASSERT_EQ(page->rows.size(), 3U);

  OrderSeen split;
  split.id = {700000001};
  split.number = {"100432"};
  split.key = "manual-00000000000000000000000029b92701";
  split.created = at("2026-11-01T06:10:04.597Z");
  split.modified = at("2026-11-01T08:30:00.123Z");  // 01:30 occurs twice: the earlier
  split.order_date = day("2026-10-31");
  split.status = "awaiting_shipment";
  split.customer_email = Pii<std::string>{"buyer@example.com"};
  orders::Address bill_to;
  bill_to.name = " ";
  split.bill_to = Pii{bill_to};
  split.ship_to =
      Pii{orders::Address{"A Example", std::nullopt, "1 Example Street", "", std::nullopt,
                          "Sampletown", "OR", "00000-0000", "US", std::nullopt}};
  split.lines = {
      {{1202218626703},
       std::nullopt,
       "17612 - 250340",
       "Example product, 8 oz",
       3,
       Money{3990},
       false},
      {{1202218626704},
       std::nullopt,
       "17612 - 250337",
       "Example product, 8 oz",
       2,
       Money{3990},
       false},
      {{1202218626705}, "discount", std::nullopt, "Loyal customer − 10%", 1, Money{-1995}, true}};
  split.total = Money{17955};
  split.carrier_code = "fedex";
  split.carrier_id = "81234";
  split.service_code = "fedex_2day";
  split.store_id = 501;
  split.merged = {{700000002}, {700000003}};
  split.merged_or_split = true;
  EXPECT_EQ(seen(*page, 0), split);

  const OrderSeen& child = seen(*page, 1);
  EXPECT_EQ(child.number.value, "100433-1");
  EXPECT_EQ(child.parent, ShipStationOrderId{700000008});
  EXPECT_EQ(child.ship_date, day("2026-11-01"));
  EXPECT_EQ(child.customer_email, std::nullopt);
  EXPECT_EQ(child.carrier_id, std::nullopt);

  const OrderSeen& external = seen(*page, 2);
  EXPECT_TRUE(external.externally_fulfilled);
  EXPECT_TRUE(external.lines.empty());
  EXPECT_EQ(external.ship_date, std::nullopt);
  EXPECT_EQ(external.ship_to, Pii{orders::Address{}});
}

TEST(OrderPage, KeepsTheBytesOfEachElementExactly) {
  const std::string body = invented("orders_page.json");
  const auto page = read_page(body);
  ASSERT_TRUE(page);
  for (const auto& row : page->rows) {
    const auto& bytes = std::get<ports::Document<OrderSeen>>(row).raw.bytes;
    EXPECT_NE(body.find(bytes), std::string::npos);
    EXPECT_TRUE(bytes.starts_with("{\"orderId\":")) << bytes.substr(0, 20);
    EXPECT_TRUE(bytes.ends_with(",\"labelMessages\":null}"));
  }
}

TEST(OrderPage, KeepsOddBytesOfAnElementToo) {
  const auto page =
      read_page("{\"orders\":[ {\"a\" : \"}]\\\"\" } , [1, [2] ],7 ,\"x\" , {}],\"total\":5}");
  ASSERT_TRUE(page) << page.error().what;
  const char* const raw[] = {"{\"a\" : \"}]\\\"\" }", "[1, [2] ]", "7", "\"x\"", "{}"};
  ASSERT_EQ(page->rows.size(), std::size(raw));
  for (std::size_t i = 0; i < std::size(raw); ++i) {
    EXPECT_EQ(std::get<Unreadable>(page->rows[i]).raw.bytes, raw[i]);
  }
}

TEST(Order, OfTheCapturedSampleIsRead) {
  std::string body = captured("samples/order.json");
  const std::string bytes = body.substr(0, body.find_last_of('}') + 1);
  const auto order = read_order(body, pacific());
  ASSERT_TRUE(order) << order.error().what;
  EXPECT_EQ(order->raw.bytes, bytes);
  EXPECT_EQ(order->seen.id.value, 373704169);
  EXPECT_EQ(order->seen.number.value, "S-1001");
  EXPECT_EQ(order->seen.created, at("2024-09-05T04:14:17.85Z"));
  EXPECT_EQ(order->seen.modified, at("2024-09-05T04:15:15.82Z"));
  EXPECT_EQ(order->seen.order_date, day("2024-09-04"));
  ASSERT_EQ(order->seen.lines.size(), 1U);
  EXPECT_EQ(order->seen.lines[0].id.value, 1202218542306);
  EXPECT_EQ(order->seen.lines[0].unit_price, Money{997});
  EXPECT_EQ(order->seen.total, Money{997});
  EXPECT_EQ(order->seen.carrier_code, "ups_walleted");
  EXPECT_EQ(order->seen.store_id, 307866);
}

TEST(OrderPage, RefusesAnOrderWithoutWhatItNeedsButTellsWhatItCan) {
  for (const auto* member : {"orderId", "orderNumber", "createDate", "modifyDate", "orderStatus"}) {
    for (const auto* value : {"", "null"}) {
      const Unreadable row = refused(member, value);
      EXPECT_EQ(row.problem, std::string{member} + ": is missing");
      EXPECT_EQ(row.id.has_value(), std::string_view{member} != "orderId");
      EXPECT_EQ(row.number.has_value(), std::string_view{member} != "orderNumber");
      EXPECT_EQ(row.stamp.has_value(), std::string_view{member} != "modifyDate");
    }
  }
  const Unreadable row = refused("orderStatus", "7");
  EXPECT_EQ(row.id, 5);
  EXPECT_EQ(row.number, "100001");
  EXPECT_EQ(row.stamp, at("2026-07-02T07:00:00Z"));
  EXPECT_EQ(row.raw.bytes, order_with("orderStatus", "7"));
}

TEST(OrderPage, TellsTheStampOfTheSortThatWasAskedFor) {
  const auto page = read_page(page_of(order_with("orderStatus", "7")), Sort::created);
  EXPECT_EQ(std::get<Unreadable>(page->rows.at(0)).stamp, at("2026-07-01T07:00:00Z"));
}

TEST(OrderPage, NamesThePathOfWhatItCannotRead) {
  const struct {
    const char* member;
    const char* value;
    const char* problem;
  } cases[] = {
      {"orderId", "\"5\"", "orderId: expected a number, got text"},
      {"orderId", "5.5", "orderId: expected a whole number, got 5.5"},
      {"orderId", "-5", "orderId: expected an id, got -5"},
      {"orderId", "0", "orderId: is missing"},
      {"orderId", "9223372036854775808",
       "orderId: expected a whole number, got 9223372036854775808"},
      {"orderNumber", "100001", "orderNumber: expected text, got a number"},
      {"orderNumber", "\"  \"", "orderNumber: is missing"},
      {"orderStatus", "\"\"", "orderStatus: is missing"},
      {"createDate", "\"soon\"", "createDate: expected a time like 2015-07-16T14:00:34.823"},
      {"modifyDate", "1753000000", "modifyDate: expected text, got a number"},
      {"orderDate", "\"8-13-2014\"", "orderDate: expected a date like 2015-07-16"},
      {"shipDate", "\"2026-02-30\"", "shipDate: expected a date like 2015-07-16"},
      {"orderKey", "7", "orderKey: expected text, got a number"},
      {"customerEmail", "[]", "customerEmail: expected text, got a list"},
      {"customerEmail", "\"a\\u0000b\"", "customerEmail: holds a NUL character"},
      {"shipTo", "\"here\"", "shipTo: expected an object, got text"},
      {"shipTo", "{\"name\":{}}", "shipTo.name: expected text, got an object"},
      {"orderTotal", "\"9.97\"", "orderTotal: expected a number, got text"},
      {"orderTotal", "1e2", "orderTotal: expected an amount like 39.99, got 1e2"},
      {"items", "{}", "items: expected a list, got an object"},
      {"items", "[null,7]", "items[1]: expected an object, got a number"},
      {"items", "[{\"orderItemId\":1,\"quantity\":1},{\"quantity\":1}]",
       "items[1].orderItemId: is missing"},
      {"items", "[{\"orderItemId\":1}]", "items[0].quantity: is missing"},
      {"items", "[{\"orderItemId\":1,\"quantity\":1.5}]",
       "items[0].quantity: expected a whole number, got 1.5"},
      {"items", "[{\"orderItemId\":1,\"quantity\":3000000000}]",
       "items[0].quantity: expected a count, got 3000000000"},
      {"items", "[{\"orderItemId\":1,\"quantity\":\"2\"}]",
       "items[0].quantity: expected a number, got text"},
      {"items", "[{\"orderItemId\":1,\"quantity\":1,\"unitPrice\":\"free\"}]",
       "items[0].unitPrice: expected a number, got text"},
      {"items", "[{\"orderItemId\":1,\"quantity\":1,\"adjustment\":0}]",
       "items[0].adjustment: expected true or false, got a number"},
      {"advancedOptions", "[]", "advancedOptions: expected an object, got a list"},
      {"advancedOptions", "{\"storeId\":\"x\"}",
       "advancedOptions.storeId: expected a number, got text"},
      {"advancedOptions", "{\"mergedIds\":[1,\"2\"]}",
       "advancedOptions.mergedIds[1]: expected a number, got text"},
      {"advancedOptions", "{\"parentId\":-3}", "advancedOptions.parentId: expected an id, got -3"},
      {"carrierId", "1.5", "carrierId: expected a whole number, got 1.5"},
      {"carrierId", "{}", "carrierId: expected a number or text, got an object"},
      {"externallyFulfilled", "\"yes\"", "externallyFulfilled: expected true or false, got text"},
  };
  for (const auto& c : cases) {
    EXPECT_EQ(refused(c.member, c.value).problem, c.problem) << c.member << " " << c.value;
  }
}

TEST(OrderPage, ToleratesWhatThePartnerLeavesOutOrAdds) {
  EXPECT_EQ(accepted("orderStatus", "\"processing\"").status, "processing");
  EXPECT_EQ(accepted("newMember", "{\"deep\":[[[{}]]]}").id.value, 5);
  EXPECT_EQ(accepted("new\\ud83dMember", "1").id.value, 5);
  for (const auto* member : {"items", "orderKey", "billTo", "orderTotal", "advancedOptions",
                             "externallyFulfilled", "shipDate", "orderDate", "carrierId"}) {
    EXPECT_EQ(accepted(member, "null"), accepted(member, "")) << member;
  }
  EXPECT_EQ(accepted("orderNumber", "\" 100001\\t\"").number.value, "100001");
  EXPECT_EQ(accepted("items", "[null,{\"orderItemId\":3,\"quantity\":2.0,\"name\":null}]").lines,
            (std::vector<orders::LineSeen>{{{3}, {}, {}, "", 2, {}, false}}));
  EXPECT_EQ(accepted("items", "[{\"orderItemId\":3,\"quantity\":0}]").lines.at(0).quantity, 0);
  EXPECT_EQ(accepted("items", "[{\"orderItemId\":3,\"quantity\":-1}]").lines.at(0).quantity, -1);
  EXPECT_EQ(accepted("advancedOptions", "{\"mergedIds\":[null,7]}").merged,
            (std::vector<ShipStationOrderId>{{7}}));
  EXPECT_EQ(accepted("advancedOptions", "{\"mergedIds\":null,\"parentId\":0}"),
            accepted("advancedOptions", "{}"));
  EXPECT_EQ(accepted("customerEmail", "\"\"").customer_email, std::nullopt);
  EXPECT_EQ(accepted("carrierCode", "\"\"").carrier_code, std::nullopt);
  EXPECT_EQ(accepted("shipTo", "{\"name\":\"cut \\ud83d\"}").ship_to.reveal().name,
            "cut \xEF\xBF\xBD");
  EXPECT_EQ(accepted("orderDate", "\"2024-09-17T19:36:17.0000000\"").order_date, day("2024-09-17"));
}

TEST(OrderPage, CountsTheLastOfAMemberSentTwice) {
  const OrderSeen order = accepted(
      "items", R"([{"orderItemId":1,"quantity":1}],"items":[],"orderTotal":1.0,"orderTotal":2.0)");
  EXPECT_TRUE(order.lines.empty());
  EXPECT_EQ(order.total, Money{200});
}

TEST(OrderPage, TakesTheFirstCarrierIdThatIsSet) {
  const struct {
    const char* other;
    const char* advanced;
    const char* order;
    std::optional<std::string> id;
  } cases[] = {
      {"81234", "2", "3", "81234"},    {"\"81234\"", "2", "3", "81234"},
      {"null", "2", "3", "2"},         {"0", "2", "3", "2"},
      {"\"\"", "\"x-2\"", "3", "x-2"}, {"null", "null", "3", "3"},
      {"0", "0", "\"3\"", "3"},        {"false", "0", "0", std::nullopt},
      {"null", "7.0", "3", "7"},       {"null", "null", "null", std::nullopt},
  };
  for (const auto& c : cases) {
    const std::string advanced = std::string{"{\"carrierId\":"} + c.advanced +
                                 ",\"billToMyOtherAccount\":" + c.other +
                                 "},\"carrierId\":" + c.order;
    EXPECT_EQ(accepted("advancedOptions", advanced).carrier_id, c.id) << advanced;
  }
}

TEST(OrderPage, IsolatesOneBadOrderFromItsNeighbours) {
  const std::string good = order_with("x", "1");
  const auto page =
      read_page(page_of("null, " + good + "," + order_with("orderTotal", "{}") + ",\n" + good));
  ASSERT_TRUE(page) << page.error().what;
  ASSERT_EQ(page->rows.size(), 3U);
  EXPECT_EQ(seen(*page, 0).id.value, 5);
  EXPECT_EQ(std::get<Unreadable>(page->rows[1]).problem,
            "orderTotal: expected a number, got an object");
  EXPECT_EQ(seen(*page, 2).id.value, 5);
}

TEST(OrderPage, AcceptsAnEnvelopeWithoutPagesAndAnEmptyList) {
  for (const auto* body :
       {R"({"orders":[],"total":0,"page":1,"pages":0})",
        "\xEF\xBB\xBF{\"total\":0,\"orders\":[]}\r\n", R"({"orders":[null],"total":0})"}) {
    const auto page = read_page(body);
    ASSERT_TRUE(page) << body << page.error().what;
    EXPECT_TRUE(page->rows.empty());
    EXPECT_EQ(page->total, 0);
  }
}

TEST(OrderPage, RefusesAnEnvelopeItCannotTrust) {
  const struct {
    const char* body;
    const char* problem;
  } cases[] = {
      {"", "the answer is empty"},
      {" \n", "the answer is empty"},
      {"null", "expected an object, got a bare value"},
      {"12", "expected an object, got a bare value"},
      {"[]", "expected an object, got a list"},
      {"{}", "orders: is missing"},
      {R"({"Orders":[],"total":0})", "orders: is missing"},
      {R"({"orders":null,"total":0})", "orders: expected a list, got null"},
      {R"({"orders":{},"total":0})", "orders: expected a list, got an object"},
      {R"({"orders":[],"orders":[],"total":0})", "orders: sent twice"},
      {R"({"orders":[]})", "total: is missing"},
      {R"({"orders":[],"total":null})", "total: is missing"},
      {R"({"orders":[],"total":-1})", "total: expected a count, got -1"},
      {R"({"orders":[],"total":"1"})", "total: expected a number, got text"},
      {R"({"orders":[],"total":0.5})", "total: expected a whole number, got 0.5"},
      {"{\"orders\":[],\"total\":0,\"x\":\"\xFF\"}", "the answer is not valid UTF-8"},
      {R"({"orders":[],"total":0)", "the JSON ends too early, after 22 bytes"},
      {R"({"orders":[],"total":0}})", "malformed JSON at byte 23: expected nothing after the end"},
      {R"({"orders":[],"total":0,"unread":nope})", "malformed JSON at byte 33: expected null"},
  };
  for (const auto& c : cases) {
    const auto page = read_page(c.body);
    ASSERT_FALSE(page) << c.body;
    EXPECT_EQ(page.error().what, c.problem) << c.body;
  }
  EXPECT_FALSE(read_page("{\"orders\":[],\"total\":0,\"bomb\":" + std::string(1'000'000, '[')));
}

TEST(OrderPage, RefusesEveryTruncationOfAPage) {
  const std::string body = invented("orders_page.json");
  const std::size_t whole = body.find_last_of('}');
  for (std::size_t length = 0; length <= whole; length += 13) {
    EXPECT_FALSE(read_page(body.substr(0, length))) << length;
  }
}

TEST(Order, ThatCannotBeReadIsAProblemWithItsPath) {
  std::string body = order_with("items", "[{\"orderItemId\":1}]");
  const auto order = read_order(body, pacific());
  ASSERT_FALSE(order);
  EXPECT_EQ(order.error().what, "items[0].quantity: is missing");
}

}  // namespace
}  // namespace tallyman::shipstation
