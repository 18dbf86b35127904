#include "adapters/xml/shop_file.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "domain/imports/limits.h"

namespace tallyman::xml {
namespace {

using imports::BadOrder;
using imports::Place;
using imports::SeenOrder;
using imports::ShopOrder;

struct Read {
  Result<ports::ShopFile> file;
  std::vector<SeenOrder> orders;
  std::vector<std::string> texts;

  const ShopOrder& good(std::size_t i) const { return std::get<ShopOrder>(orders.at(i)); }
  const BadOrder& bad(std::size_t i) const { return std::get<BadOrder>(orders.at(i)); }
};

Read read(std::string_view bytes) {
  Read all{.file = problem("not read"), .orders = {}, .texts = {}};
  all.file = ShopFileReader().read(bytes, [&](SeenOrder order, std::string_view text) {
    all.orders.push_back(std::move(order));
    all.texts.emplace_back(text);
  });
  return all;
}

// One order per line, so that lines of the file are easy to tell.
std::string order(const std::string& number, const std::string& inner = "",
                  const std::string& date = "2026-11-20") {
  return "<order><orderid>" + number + "</orderid><date2>" + date + "</date2>" + inner +
         "<order_detail><productid>17612</productid><amount>2</amount></order_detail></order>\n";
}
std::string file(const std::string& orders, const std::string& declaration =
                                                R"(<?xml version="1.0" encoding="iso-8859-1"?>)") {
  return declaration + "\n<DentistSelectOrders>\n" + orders + "</DentistSelectOrders>\n";
}

TEST(ShopFile, EveryFieldOfTheFormatIsRead) {
  const auto all = read(file(R"(  <order>
    <orderid> 700015 </orderid><date2>2026-11-20</date2><email>buyer@example.test</email>
    <b_firstname>Ann</b_firstname><b_lastname>Example</b_lastname>
    <b_company>Example &amp; Sons</b_company>
    <b_address>1 Main St</b_address><b_city>Testville</b_city><b_state>MN</b_state>
    <b_zipcode>55101</b_zipcode><b_country>CA</b_country><b_phone>000</b_phone>
    <s_firstname>Bea</s_firstname><s_company/>
    <s_address><![CDATA[2 <Side> St]]></s_address>
    <shipping>ground</shipping><customerid>17</customerid>
    <order_detail><productid>18235</productid><amount>2</amount></order_detail>
    <order_detail><productid>17904</productid><product>a kit</product></order_detail>
  </order>
)"));
  ASSERT_TRUE(all.file) << all.file.error().what;
  EXPECT_EQ(all.file->encoding, "ISO-8859-1");
  EXPECT_EQ(all.file->orders, 1);
  const auto& order = all.good(0);
  EXPECT_EQ(order.number, OrderNumber{"700015"});
  EXPECT_EQ(order.place, (Place{3, 3}));
  EXPECT_EQ(to_text(*order.date), "2026-11-20");
  EXPECT_EQ(order.email->reveal(), "buyer@example.test");
  EXPECT_EQ(order.bill_to.reveal().name, "Ann Example");
  EXPECT_EQ(order.bill_to.reveal().company, "Example & Sons");
  EXPECT_EQ(order.bill_to.reveal().country, "CA");
  EXPECT_EQ(order.ship_to.reveal().name, "Bea");
  EXPECT_EQ(order.ship_to.reveal().company, std::nullopt);
  EXPECT_EQ(order.ship_to.reveal().street1, "2 <Side> St");
  EXPECT_EQ(order.ship_to.reveal().country, "US") << "the default";
  ASSERT_EQ(order.lines.size(), 2U);
  EXPECT_EQ(order.lines[0].product, Sku{"18235"});
  EXPECT_EQ(order.lines[0].amount, 2);
  EXPECT_EQ(order.lines[1].amount, 1) << "where none is said";
  EXPECT_EQ(order.lines[0].place, (Place{12, 30}));
}

TEST(ShopFile, OneBadOrderIsToldWithLineAndColumnAndTheOthersAreRead) {
  struct Case {
    std::string bad;
    Place place;
    std::string problem;
  };
  const std::string head = "<order><orderid>2</orderid>";
  const std::vector<Case> cases{
      {order("2", "", "20.11.2026"), {4, 35}, "date2: expected a date"},
      {order("2", "", "2026-02-30"), {4, 35}, "date2"},
      {head + "<order_detail><productid>1</productid><amount>two</amount></order_detail></order>\n",
       {4, 74},
       "amount: expected a whole number from 1 to 100000; got \"two\""},
      {head + "<order_detail><productid>1</productid><amount>0</amount></order_detail></order>\n",
       {4, 74},
       "amount"},
      {head + "<order_detail><amount>1</amount></order_detail></order>\n", {4, 29}, "productid"},
      {"<order><orderid> </orderid></order>\n", {4, 2}, "orderid is missing"},
      {"<order><orderid>2</orderid><orderid>3</orderid></order>\n", {4, 29}, "twice"},
      {head + "<email>a<b>c</b></email></order>\n", {4, 37}, "email has elements in it"},
      {head + "<b_city>A & B</b_city></order>\n", {4, 38}, "&amp;"},
      {head + "<b_city>&company;</b_city></order>\n", {4, 36}, "&amp;"},
      {head + "<b_city>&#1;</b_city></order>\n", {4, 36}, "&amp;"},
      {head + "<b_city>A < B</b_city></order>\n", {4, 39}, "well-formed"},
      {head + "<b_city>\x01</b_city></order>\n", {4, 36}, "no character of ISO-8859-1"},
      {head + "<b_city>X</b_state></order>\n", {4, 39}, "well-formed"},
      {head + "\n", {4, 1}, "not closed"},
      {head + "<!-- </order>\n", {4, 1}, "a comment in it does not end"},
      {"</order>\n", {4, 1}, "closes nothing"},
      {"lost words\n", {4, 1}, "text between the orders"},
  };
  for (const auto& one : cases) {
    const auto all = read(file(order("1") + one.bad + order("3")));
    ASSERT_TRUE(all.file) << one.bad << all.file.error().what;
    ASSERT_EQ(all.orders.size(), 3U) << one.bad;
    EXPECT_EQ(all.good(0).number.value, "1");
    EXPECT_EQ(all.good(2).number.value, "3");
    const auto* bad = std::get_if<BadOrder>(&all.orders[1]);
    ASSERT_NE(bad, nullptr) << one.bad;
    EXPECT_NE(bad->problem.find(one.problem), std::string::npos) << bad->problem;
    EXPECT_EQ(bad->place, one.place)
        << one.bad << bad->problem << " " << bad->place.line << ":" << bad->place.column;
    EXPECT_FALSE(all.texts[1].empty());
    EXPECT_NE(one.bad.find(all.texts[1]), std::string::npos) << "as it stands in the file";
  }
}

TEST(ShopFile, ABadOrderIsKnownByItsNumberWhereThatMuchIsPlain) {
  const auto all = read(file(order("700025", "", "soon") + "<order><orderid>7000</x></order>" +
                             "<order><orderid>'; DROP</orderid><date2>x</date2></order>"));
  EXPECT_EQ(all.bad(0).number, OrderNumber{"700025"});
  EXPECT_EQ(all.bad(1).number, OrderNumber{"7000"});
  EXPECT_EQ(all.bad(2).number, std::nullopt);
}

TEST(ShopFile, WhatIsRefusedIsRefusedAsAWholeAndNoOrderIsSeen) {
  struct Case {
    std::string bytes;
    std::string why;
  };
  const std::string laughs =
      "<?xml version=\"1.0\"?>\n<!DOCTYPE lolz [<!ENTITY lol \"lol\"><!ENTITY lol2 "
      "\"&lol;&lol;&lol;\">]>\n<orders>" +
      order("&lol2;") + "</orders>";
  const std::string outside =
      "<!DOCTYPE x [<!ENTITY xxe SYSTEM \"file:///etc/hostname\">]><orders>" + order("&xxe;") +
      "</orders>";
  const std::vector<Case> cases{
      {laughs, "line 2, column 1: a document type declaration, which is refused"},
      {outside, "line 1, column 1: a document type declaration"},
      {file(order("1") + "<!DOCTYPE x>"), "line 4, column 1: a document type declaration"},
      {file("<order><!ENTITY a \"b\"></order>"), "a document type declaration"},
      {"", "it holds no XML"},
      {"   \n", "it holds no XML"},
      {"just text", "text outside"},
      {"{\"orders\":[]}", "text outside"},
      {"<orders>" + order("1"), "it ends before </orders>: it is not complete"},
      {"<orders>" + order("1") + "<order><orderid>2</orderid>", "the file ends before </order>"},
      {"<orders>" + order("1") + "<order><orderid>2</order", "the file ends before </order>"},
      {"<orders>" + order("1") + "</sorders>", "</sorders> stands where </orders> is expected"},
      {"<orders></orders><orders></orders>", "a second root element"},
      {"<orders></orders> left over", "text outside"},
      {"<orders><!-- ", "a comment begins here and does not end"},
      {std::string("\xFF\xFE<\0o\0", 6), "UTF-16"},
      {std::string("<\0o\0", 4), "UTF-16"},
      {R"(<?xml version="1.0" encoding="utf-16"?><orders/>)", "its encoding is utf-16"},
      {"<?xml version='1.0' encoding='koi8-r'?><orders/>", "its encoding is koi8-r"},
  };
  for (const auto& one : cases) {
    const auto all = read(one.bytes);
    ASSERT_FALSE(all.file) << one.bytes;
    EXPECT_NE(all.file.error().what.find(one.why), std::string::npos) << all.file.error().what;
    EXPECT_TRUE(all.orders.empty()) << one.bytes;
  }
}

TEST(ShopFile, SixtyFourMebibytesAreReadAndOneByteMoreIsRefused) {
  std::string bytes = file(order("1"));
  bytes.insert(bytes.find("<Dentist"), imports::kFileBytes - bytes.size(), ' ');
  ASSERT_EQ(bytes.size(), imports::kFileBytes);
  EXPECT_EQ(read(bytes).orders.size(), 1U);
  bytes += '\n';
  const auto all = read(bytes);
  ASSERT_FALSE(all.file);
  EXPECT_EQ(all.file.error().what, "it has 67108865 bytes; at most 67108864 (64 MiB) are read");
}

TEST(ShopFile, AnOrderOfMoreThanAMebibyteIsABadOrder) {
  const auto all =
      read(file(order("1", "<b_city>" + std::string(imports::kOrderBytes, 'x') + "</b_city>") +
                order("2", "<b_city>" + std::string(501, 'x') + "</b_city>") +
                order("3", "<b_city>" + std::string(500, 'x') + "</b_city>")));
  EXPECT_EQ(all.bad(0).problem, "the order has more than 1048576 bytes");
  EXPECT_EQ(all.bad(1).problem, "b_city has more than 500 bytes");
  EXPECT_EQ(all.good(2).bill_to.reveal().city->size(), 500U);
}

TEST(ShopFile, ElementsWithinElementsWithoutEndAreABadOrder) {
  const auto nested = [](std::size_t levels) {
    std::string text;
    for (std::size_t i = 0; i < levels; ++i) text += "<a>";
    for (std::size_t i = 0; i < levels; ++i) text += "</a>";
    return text;
  };
  const auto all =
      read(file(order("1", nested(19)) + order("2", nested(20)) + order("3", nested(100'000))));
  EXPECT_EQ(all.good(0).number.value, "1");
  EXPECT_EQ(all.bad(1).problem, "more than 20 elements within each other");
  EXPECT_EQ(all.bad(1).place, (Place{4, 111}));
  EXPECT_EQ(all.bad(2).number, OrderNumber{"3"});
  // Around the orders the whole file is doubtful.
  const auto around = read("<orders>" + nested(101) + "</orders>");
  ASSERT_FALSE(around.file);
  EXPECT_NE(around.file.error().what.find("without end"), std::string::npos);
}

TEST(ShopFile, LettersComeOutTheSameFromEitherEncoding) {
  const std::string latin =
      "<s_city>Z\xFCrich \x93"
      "a\x94 \x80</s_city>";
  const std::string utf8 =
      "<s_city>Z\xC3\xBCrich \xE2\x80\x9C"
      "a\xE2\x80\x9D \xE2\x82\xAC</s_city>";
  const std::string expected =
      "Z\xC3\xBCrich \xE2\x80\x9C"
      "a\xE2\x80\x9D \xE2\x82\xAC";
  const std::vector<std::string> files{
      file(order("1", latin)),
      file(order("1", latin), "<?xml version='1.0' encoding='Windows-1252'?>"),
      file(order("1", latin), ""),
      file(order("1", utf8), R"(<?xml version="1.0" encoding="UTF-8"?>)"),
      file(order("1", utf8), "<?xml version=\"1.0\"?>"),
      "\xEF\xBB\xBF" + file(order("1", utf8)),
  };
  for (const auto& bytes : files) {
    const auto all = read(bytes);
    ASSERT_TRUE(all.file) << all.file.error().what;
    EXPECT_EQ(all.good(0).ship_to.reveal().city, expected) << bytes;
  }
}

TEST(ShopFile, BytesThatAreNoUtf8SpoilTheirOrderAlone) {
  const auto all =
      read(file(order("1") + order("2", "<s_city>Z\xC3\xBC\xFCrich</s_city>") + order("3"),
                R"(<?xml version="1.0" encoding="utf-8"?>)"));
  ASSERT_EQ(all.orders.size(), 3U);
  EXPECT_EQ(all.bad(1).problem, "a byte that is no character of UTF-8");
  EXPECT_EQ(all.bad(1).place, (Place{4, 63})) << "columns count characters";
}

TEST(ShopFile, OrdersInCommentsAreTextAndOtherElementsAreTold) {
  const auto sound =
      read(file("<!-- " + order("0") + "-->\n<made_by at='>'>a shop</made_by>\n" + order("1") +
                "<summary><order>no order of ours</order></summary>\n"));
  ASSERT_TRUE(sound.file) << sound.file.error().what;
  ASSERT_EQ(sound.orders.size(), 1U);
  ASSERT_EQ(sound.file->ignored.size(), 2U);
  EXPECT_EQ(sound.file->ignored[0].name, "made_by");
  EXPECT_EQ(sound.file->ignored[0].place, (Place{5, 1}));
  EXPECT_EQ(sound.file->ignored[1].name, "summary");
}

TEST(ShopFile, ADateMayHaveATimeAndMayBeAbsent) {
  const auto all = read(file(order("1", "", "2026-11-20 10:15:00") + order("2", "", "") +
                             "<order><orderid>3</orderid></order>"));
  EXPECT_EQ(to_text(*all.good(0).date), "2026-11-20");
  EXPECT_EQ(all.good(1).date, std::nullopt);
  EXPECT_EQ(all.good(2).date, std::nullopt);
  EXPECT_TRUE(all.good(2).lines.empty());
}

TEST(ShopFile, CommentsThatNeverEndCostNoMoreThanTheFileIsLong) {
  std::string orders;
  for (int i = 0; i < 100'000; ++i) orders += "<order><!-- </order>\n";
  const auto all = read(file(orders + order("1")));
  ASSERT_TRUE(all.file) << all.file.error().what;
  EXPECT_EQ(all.orders.size(), 100'001U);
  EXPECT_EQ(all.good(100'000).number.value, "1");
}

TEST(ShopFile, MoreOrdersThanAnyShopHasAreRefused) {
  std::string orders;
  for (std::size_t i = 0; i <= imports::kOrders; ++i) orders += "<order/>";
  const auto all = read(file(orders));
  ASSERT_FALSE(all.file);
  EXPECT_NE(all.file.error().what.find("more than 200000 orders"), std::string::npos);
}

}  // namespace
}  // namespace tallyman::xml
