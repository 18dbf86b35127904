// The shop's file through a real worker into a real book, on both databases.
#include "workflows/xml_import.h"

#include <fstream>

#include <fmt/format.h>

#include "adapters/book/bundles.h"
#include "adapters/book/imports.h"
#include "adapters/files/drop_folder.h"
#include "adapters/time/zones.h"
#include "adapters/xml/shop_file.h"
#include "domain/imports/limits.h"
#include "engine/worker_test.h"
#include "workflows/schedules.h"

namespace tallyman::engine {
namespace {

using workflows::kImportFile;
using workflows::kXmlImport;

std::string file(const std::string& orders) {
  return "<?xml version=\"1.0\" encoding=\"iso-8859-1\"?>\n<DentistSelectOrders>\n" + orders +
         "</DentistSelectOrders>\n";
}
std::string line(const std::string& product, int amount) {
  return fmt::format("<order_detail><productid>{}</productid><amount>{}</amount></order_detail>",
                     product, amount);
}

class XmlImport : public Workers {
 protected:
  XmlImport() {
    ports::transact(*database, ports::TxMode::write, workflows::add_switches);
    worker_ = worker(
        {{std::string(kImportFile), workflows::import_file_job(parts(), settings())},
         {std::string(kXmlImport), workflows::xml_import_job(parts(), settings(), *folder_)}});
  }
  workflows::ImportParts parts() { return {.database = *database, .reader = reader_}; }
  static workflows::ImportSettings settings() {
    return {.account = kDefaultAccount,
            .warehouse = timing::load_zone("America/Chicago").value(),
            .key_skus =
                [](ports::Tx&) {
                  return orders::KnownSkus{Sku{"17612"}, Sku{"17904"}, Sku{"17914"}, Sku{"18675"}};
                },
            .archive_days = [](ports::Tx&) { return std::int64_t{60}; }};
  }
  // `days` before today, by the warehouse's clock.
  std::string day(int days = 0) {
    return ports::transact(*database, ports::TxMode::read, [&](ports::Tx& tx) {
      return to_text(settings().warehouse.day(tx.now()) - std::chrono::days{days});
    });
  }
  std::string order(const std::string& number, const std::string& inner = line("17612", 2),
                    int days_ago = 1) {
    return fmt::format(
        "<order><orderid>{}</orderid><date2>{}</date2><s_company>Example"
        "</s_company>{}</order>\n",
        number, day(days_ago), inner);
  }
  book::Import take_in(const std::string& bytes, const std::string& name = "orders.xml") {
    const auto asked = workflows::hand_in(*database, kDefaultAccount,
                                          {.name = name, .bytes = bytes, .who = "user:ana"});
    const auto job = when(asked.job, JobState::done);
    EXPECT_EQ(job.state, JobState::done) << job.message;
    return import(asked.file);
  }
  book::Import import(book::ImportId id) {
    return ports::transact(*database, ports::TxMode::read, [&](ports::Tx& tx) {
      return book::find_import(tx, kDefaultAccount, id).value();
    });
  }
  std::vector<book::StoredFinding> findings(book::ImportId id) {
    return ports::transact(*database, ports::TxMode::read, [&](ports::Tx& tx) {
      return book::list_findings(tx, id, std::nullopt, 0, 10'000);
    });
  }
  void put_bundle(const std::string& sku, const std::vector<imports::Component>& components) {
    ports::transact(*database, ports::TxMode::write, [&](ports::Tx& tx) {
      book::put_bundle(tx, kDefaultAccount,
                       {.sku = Sku{sku}, .description = {}, .components = components}, "user:ana");
    });
  }
  // Everything that is about orders, row by row: equal before and after means untouched.
  std::vector<std::vector<std::string>> everything() {
    std::vector<std::vector<std::string>> all;
    const auto add = [&](const std::string& sql) {
      for (auto& row : database.rows(sql)) all.push_back(std::move(row));
    };
    add("SELECT CAST(id AS TEXT) || order_number || status || CAST(total_items AS TEXT) || "
        "CAST(updated_at AS TEXT) FROM orders_inbox ORDER BY id");
    add("SELECT CAST(id AS TEXT) || sku || CAST(quantity AS TEXT) FROM order_items_inbox "
        "ORDER BY id");
    add("SELECT CAST(event_id AS TEXT) || title FROM order_events ORDER BY event_id");
    add("SELECT CAST(id AS TEXT) || problem || state || CAST(attempts AS TEXT) || "
        "CAST(last_seen_us AS TEXT) FROM quarantine ORDER BY id");
    add("SELECT order_number || shop_hash || CAST(import_id AS TEXT) FROM import_orders "
        "ORDER BY order_number");
    add("SELECT CAST(COUNT(*) AS TEXT) FROM cases");
    return all;
  }
  std::string units(const std::string& number) {
    return one("SELECT CAST(total_items AS TEXT) FROM orders_inbox WHERE order_number = '" +
               number + "'");
  }

  // The folder into which the shop drops its file.
  void drop(const std::string& bytes) {
    std::ofstream(place_.path() / "orders.xml", std::ios::binary) << bytes;
  }
  book::Job look() {
    book::NewJob job;
    job.kind = kXmlImport;
    job.single_flight = kXmlImport;
    job.asked_by = "schedule";
    return when(add(job), JobState::done);
  }

  xml::ShopFileReader reader_;
  tests::TempFolder place_;
  std::unique_ptr<ports::DropFolder> folder_ =
      files::make_drop_folder(place_.path(), "orders.xml", imports::kFileBytes);
  std::unique_ptr<Worker> worker_;
};
INSTANTIATE_TEST_SUITE_P(Workflows, XmlImport, kBothDialects, dialect_name);

// facts/operations.md §2.4, the shop's bundles.
constexpr std::string_view kShopsBundles =
    "18075=17913x1;18185=17612x41;18195=17914x1;18215=17612x16;18225=17612x40;18235=17612x15;"
    "18255=17612x6;18265=17914x40;18275=17914x15;18285=17914x6;18295=17904x40;18305=17904x15;"
    "18315=17975x40;18325=17975x15;18335=17975x6;18345=17612x1;18355=17612x1;18435=17612x1;"
    "18445=17612x1;18375=17914x1;18455=17914x1;18385=17904x1;18395=17904x1;18465=17904x1;"
    "18405=17975x1;18415=17975x1;18425=17904x6;18485=17914x41;18495=17914x16;18515=17904x16;"
    "18525=17975x41;18535=17975x16;18575=17612x50;18585=17612x18;18595=17612x7;"
    "18605=17612x4+17914x1+17904x1;18615=17612x4+17914x1+17904x1+17975x1;18625=17612x3;"
    "18635=17612x9;18645=17612x18;18655=17612x45;18685=18675x40;18695=18675x15;18705=18675x6;"
    "18715=18675x41;18725=18675x16;18735=18675x1;18745=18675x1;18765=17612x9;18775=17612x18;"
    "18785=17612x45;18825=17612x42;18835=17612x16;18845=17612x6+17914x1;18855=18675x2";

std::vector<std::string> split(std::string_view text, char by) {
  std::vector<std::string> parts;
  for (std::size_t at = 0; at <= text.size();) {
    const auto end = std::min(text.find(by, at), text.size());
    parts.emplace_back(text.substr(at, end - at));
    at = end + 1;
  }
  return parts;
}

// 500 orders, each with a bundle (in turn) once and one 17612.
class OrdersXmlStory : public XmlImport {
 protected:
  OrdersXmlStory() {
    for (const auto& bundle : split(kShopsBundles, ';')) {
      const auto sides = split(bundle, '=');
      std::vector<imports::Component> components;
      for (const auto& part : split(sides.at(1), '+')) {
        const auto of = split(part, 'x');
        components.push_back({.sku = Sku{of.at(0)}, .multiplier = std::stoll(of.at(1))});
      }
      put_bundle(sides.at(0), components);
      bundles_.push_back(sides.at(0));
    }
  }
  // The one that `spoil` is told of stands in line 324.
  std::string five_hundred(const std::function<void(std::string&)>& spoil) {
    std::string orders;
    for (std::size_t i = 0; i < 500; ++i) {
      auto text = order(std::to_string(700005 + 10 * i),
                        line(bundles_.at(i % bundles_.size()), 1) + line("17612", 1));
      if (i == 321) spoil(text);
      orders += text;
    }
    return file(orders);
  }
  std::vector<std::string> bundles_;
};
INSTANTIATE_TEST_SUITE_P(Workflows, OrdersXmlStory, kBothDialects, dialect_name);

TEST_P(OrdersXmlStory,
       Of500Orders55BundlesOneMalformed499AreIn1IsQuarantinedAndAgainWritesNothing) {
  ASSERT_EQ(bundles_.size(), 55U);
  const auto bytes = five_hundred(
      [](std::string& text) { text.replace(text.find("</s_company>"), 12, "</s_city>"); });
  const auto first = take_in(bytes);
  EXPECT_EQ(first.outcome, "partial");
  // Nine bundles have a 17975 or 17913 in them, which are no key SKUs.
  EXPECT_EQ(
      first.counts,
      (book::ImportCounts{.orders = 500, .inserted = 499, .quarantined = 1, .lines_dropped = 82}))
      << first.message;
  EXPECT_EQ(count("orders_inbox WHERE status = 'pending' AND source_system = 'X-Cart'"), "499");
  EXPECT_EQ(count("orders_inbox WHERE order_number = '703215'"), "0");
  EXPECT_EQ(one("SELECT entity_number || ' ' || problem FROM quarantine WHERE state = 'open'"),
            "703215 orders.xml, line 324, column 78: no well-formed XML: Start-end tags mismatch");
  const auto listed = findings(first.id);
  for (const auto& finding : listed) {
    if (finding.kind == "line_dropped") {
      EXPECT_TRUE(finding.sku == "17975" || finding.sku == "17913") << *finding.sku;
      EXPECT_TRUE(finding.reason.starts_with("from bundle ")) << finding.reason;
      continue;
    }
    EXPECT_EQ(finding.kind, "quarantined");
    EXPECT_EQ(finding.number, "703215");
    EXPECT_EQ(finding.place, (imports::Place{324, 78}));
  }
  // 18605 is 4 x 17612, a 17914 and a 17904; the order has a 17612 beside it.
  EXPECT_EQ(units("700355"), "7");
  EXPECT_EQ(count("order_items_inbox i JOIN orders_inbox o ON o.id = i.order_inbox_id WHERE "
                  "o.order_number = '700355'"),
            "3")
      << "equal SKUs are one line";

  const auto before = everything();
  const auto second = take_in(bytes);
  EXPECT_EQ(second.counts.unchanged, 499);
  EXPECT_EQ(second.counts.quarantined, 1);
  EXPECT_EQ(second.counts.inserted + second.counts.updated, 0);
  EXPECT_EQ(everything(), before) << "importing it again writes nothing";
}

TEST_P(OrdersXmlStory, OneBadDateAmong500OrdersKeepsNoOtherOut) {
  const auto taken = take_in(five_hundred(
      [](std::string& text) { text.replace(text.find("<date2>") + 7, 10, "2026-13-45"); }));
  EXPECT_EQ(taken.counts.inserted, 499);
  EXPECT_EQ(one("SELECT problem FROM quarantine WHERE state = 'open'"),
            "orders.xml, line 324, column 40: date2: expected a date such as 2026-11-20; got "
            "\"2026-13-45\"");
}

TEST_P(XmlImport, WhatWasDroppedIsListedWithItsReasonAndPlace) {
  put_bundle("18315", {{.sku = Sku{"17975"}, .multiplier = 15}, {.sku = Sku{"17904"}}});
  const auto taken =
      take_in(file(order("1", line("18315", 2) + line("999", 3)) + order("2", line("999", 1)) +
                   order("3", line("17612", 1), 61) + "<footer/>\n"));
  EXPECT_EQ(taken.outcome, "ok");
  EXPECT_EQ(taken.counts,
            (book::ImportCounts{.orders = 3, .inserted = 1, .skipped = 2, .lines_dropped = 3}));
  std::vector<std::string> listed;
  for (const auto& one : findings(taken.id)) {
    listed.push_back(fmt::format("{} {} {} {} {}", one.kind, one.number.value_or("-"),
                                 one.place.line, one.sku.value_or("-"), one.reason));
  }
  EXPECT_EQ(listed,
            (std::vector<std::string>{"line_dropped 1 3 17975 from bundle 18315, no key SKU",
                                      "line_dropped 1 3 999 neither a key SKU nor a bundle",
                                      "order_skipped 2 4 - no key SKU in it",
                                      "line_dropped 2 4 999 neither a key SKU nor a bundle",
                                      "order_skipped 3 5 - older than 60 days",
                                      "element_ignored - 6 - <footer> is no order"}));
  EXPECT_EQ(one("SELECT detail FROM order_events WHERE order_number = '1'"),
            "Line 3 of orders.xml. Left out: 30 x 17975 (from bundle 18315, no key SKU); 3 x 999 "
            "(neither a key SKU nor a bundle).");
  EXPECT_EQ(one("SELECT skipped_reasons FROM runs"),
            R"({"no key SKU in it":1,"older than 60 days":1})");
}

TEST_P(XmlImport, ABadOrderThatIsMendedComesInAndLeavesQuarantine) {
  auto bad = order("2");
  bad.replace(bad.find("<amount>") + 8, 1, "x");
  EXPECT_EQ(take_in(file(order("1") + bad)).counts.quarantined, 1);
  EXPECT_EQ(count("quarantine WHERE state = 'open'"), "1");
  const auto taken = take_in(file(order("1") + order("2")));
  EXPECT_EQ(taken.counts, (book::ImportCounts{.orders = 2, .inserted = 1, .unchanged = 1}));
  EXPECT_EQ(count("quarantine WHERE state = 'open'"), "0");
  EXPECT_EQ(one("SELECT close_reason FROM quarantine"), "It can be read in orders.xml now.");
}

TEST_P(XmlImport, ABadOrderWithoutNumberLeavesQuarantineWithTheFileThatHadIt) {
  EXPECT_EQ(take_in(file(order("1") + "<order><orderid/></order>\n")).counts.quarantined, 1);
  EXPECT_EQ(take_in(file(order("1"))).counts.quarantined, 0);
  EXPECT_EQ(one("SELECT state || ': ' || close_reason FROM quarantine"),
            "resolved: It is not in the newer file any more.");
}

TEST_P(XmlImport, TheSameNumberTwiceIsTakenInOnceAndTheSecondWaits) {
  const std::string twice = file(order("1") + order("1", line("17904", 9)) + order("2"));
  const auto taken = take_in(twice);
  EXPECT_EQ(taken.counts, (book::ImportCounts{.orders = 3, .inserted = 2, .quarantined = 1}));
  EXPECT_EQ(units("1"), "2");
  EXPECT_EQ(one("SELECT problem FROM quarantine"),
            "orders.xml, line 4, column 1: order 1 stands in the file twice, first in line 3");
  const auto before = everything();
  take_in(twice);
  EXPECT_EQ(everything(), before);
}

TEST_P(XmlImport, AFileOfWhichMuchCannotBeReadIsRefusedAsAWhole) {
  std::string orders = order("1");
  for (int i = 0; i < 21; ++i) orders += "<order><orderid/></order>\n";
  const auto taken = take_in(file(orders));
  EXPECT_EQ(taken.outcome, "refused");
  EXPECT_NE(taken.message.find("nothing was quarantined"), std::string::npos) << taken.message;
  EXPECT_EQ(count("orders_inbox"), "0");
  EXPECT_EQ(count("quarantine"), "0");
  EXPECT_EQ(one("SELECT outcome FROM runs"), "failed");
}

TEST_P(XmlImport, AWebPageIsRefusedAndAnExportWithoutOrdersIsNot) {
  const auto page = take_in("<html><head/><body>Try again later.</body></html>");
  EXPECT_EQ(page.outcome, "refused");
  EXPECT_EQ(page.message, "Refused: it holds <head> and no order.");
  EXPECT_EQ(take_in(file("")).outcome, "ok");
}

TEST_P(XmlImport, HostileXmlIsRefusedAndNothingOfItIsRead) {
  const auto taken =
      take_in("<!DOCTYPE o [<!ENTITY a SYSTEM \"file:///etc/hostname\">]>\n<orders>" + order("1") +
              "</orders>");
  EXPECT_EQ(taken.outcome, "refused");
  EXPECT_EQ(taken.message,
            "Refused: line 1, column 1: a document type declaration, which is refused.");
  EXPECT_EQ(count("orders_inbox"), "0");
}

TEST_P(XmlImport, WhatIsShippedCancelledOrUploadedIsNeverRewrittenAndTheChangeIsToldOnce) {
  take_in(file(order("1") + order("2") + order("3") + order("4")));
  database.script(
      "UPDATE orders_inbox SET status = 'shipped' WHERE order_number = '1';"
      "UPDATE orders_inbox SET status = 'cancelled' WHERE order_number = '2';"
      "UPDATE orders_inbox SET status = 'uploaded' WHERE order_number = '3'");
  const std::string changed = file(order("1", line("17612", 9)) + order("2", line("17612", 9)) +
                                   order("3", line("17612", 9)) + order("4", line("17612", 9)));
  const auto taken = take_in(changed);
  EXPECT_EQ(taken.counts, (book::ImportCounts{.orders = 4, .updated = 1, .skipped = 3}));
  EXPECT_EQ(units("1") + units("2") + units("3") + units("4"), "2229");
  EXPECT_EQ(count("order_events WHERE kind = 'shop_change_left_out' AND tone = 'problem'"), "3");
  const auto before = everything();
  EXPECT_EQ(take_in(changed).counts, (book::ImportCounts{.orders = 4, .unchanged = 4}));
  EXPECT_EQ(everything(), before);
}

TEST_P(XmlImport, WhatCouldNotBeTakenAtFirstComesWithItsAddressLater) {
  take_in(file(order("700100")));
  const auto moved = [&](const std::string& street) {
    return file("<order><orderid>700100</orderid><date2>" + day(1) + "</date2><s_company>" +
                street + "</s_company>" + line("99999", 3) + "</order>\n");
  };
  EXPECT_EQ(take_in(moved("New Avenue")).counts.skipped, 1);
  put_bundle("99999", {{.sku = Sku{"17904"}, .multiplier = 2}});
  EXPECT_EQ(take_in(moved("New Avenue")).counts.updated, 1);
  const auto company = [&] {
    return one("SELECT ship_company FROM orders_inbox WHERE order_number = '700100'");
  };
  EXPECT_EQ(company(), "New Avenue");
  EXPECT_EQ(units("700100"), "6");
  // What is changed here since then stays.
  database.script("UPDATE orders_inbox SET ship_company = 'Changed here'");
  EXPECT_EQ(take_in(moved("New Avenue")).counts.unchanged, 1);
  EXPECT_EQ(company(), "Changed here");
}

TEST_P(XmlImport, AnOldOrdersXmlBringsNothingBack) {
  const std::string old = file(order("1", line("17612", 2), 61) + order("2", line("17612", 2), 90));
  EXPECT_EQ(take_in(old).counts, (book::ImportCounts{.orders = 2, .skipped = 2}));
  EXPECT_EQ(count("orders_inbox"), "0");
  // Nor what history knows, although its row is gone.
  database.script(
      fmt::format("INSERT INTO shipped_orders (ship_date, order_number) VALUES ('{}', "
                  "'3')",
                  day(3)));
  EXPECT_EQ(take_in(file(order("3"))).counts, (book::ImportCounts{.orders = 1, .skipped = 1}));
}

TEST_P(XmlImport, ANumberThatShipStationHasAlreadyIsAPersonsDecision) {
  database.script(
      "INSERT INTO remote_orders (shipstation_order_id, order_number, created_us, modified_us, "
      "status, disposition, rule, reason, run_id, first_seen_us, decided_us) VALUES "
      "(501, '1', 1, 1, 'awaiting_shipment', 'skipped', 'not_ours', 'r', 'x', 1, 1), "
      "(502, '2', 1, 1, 'shipped', 'skipped', 'not_ours', 'r', 'x', 1, 1)");
  const auto taken = take_in(file(order("1") + order("2") + order("3")));
  EXPECT_EQ(taken.counts,
            (book::ImportCounts{.orders = 3, .inserted = 1, .skipped = 1, .deferred = 1}));
  EXPECT_EQ(one("SELECT kind || ' ' || order_number FROM cases WHERE state = 'open'"),
            "link_or_refuse 1");
  EXPECT_EQ(one("SELECT order_number FROM orders_inbox"), "3");
  const auto before = everything();
  take_in(file(order("1") + order("2") + order("3")));
  EXPECT_EQ(everything(), before) << "asked once";
  database.script("UPDATE cases SET state = 'decided', decision = 'keep_apart'");
  EXPECT_EQ(take_in(file(order("1"))).counts, (book::ImportCounts{.orders = 1, .inserted = 1}));
}

TEST_P(XmlImport, APreviewSaysTheSameAndWritesNothing) {
  take_in(file(order("1")));
  const auto before = everything();
  const std::string bytes = file(order("1", line("17612", 5)) + order("2") +
                                 "<order><orderid>3</orderid><date2>x</date2></order>\n");
  const auto preview = workflows::preview_import(parts(), settings(), "orders.xml", bytes);
  EXPECT_EQ(everything(), before);
  EXPECT_EQ(count("import_files"), "1");
  const auto taken = take_in(bytes);
  EXPECT_EQ(preview.ending.counts, taken.counts);
  EXPECT_EQ(preview.ending.message, taken.message);
  ASSERT_EQ(preview.findings.size(), findings(taken.id).size());
  EXPECT_EQ(preview.findings[0].reason, findings(taken.id)[0].reason);
}

TEST_P(XmlImport, TheFolderIsReadWhenItsFileOrTheBundlesChangeAndOnlyThen) {
  EXPECT_EQ(look().message, fmt::format("There is no orders.xml in {}.", place_.path().string()));
  drop(file(order("1", line("28000", 1) + line("17904", 1))));
  EXPECT_EQ(look().outcome, "ok");
  EXPECT_EQ(units("1"), "1");
  EXPECT_NE(look().message.find("has not changed since"), std::string::npos);
  EXPECT_EQ(count("import_files"), "1");
  put_bundle("28000", {{.sku = Sku{"17612"}, .multiplier = 6}});
  EXPECT_EQ(look().outcome, "ok");
  EXPECT_EQ(units("1"), "7") << "what was dropped comes in";
  drop(file(order("1", line("28000", 1) + line("17904", 1)) + order("2")));
  look();
  EXPECT_EQ(count("orders_inbox"), "2");
  EXPECT_EQ(count("import_files WHERE source = 'folder' AND outcome = 'ok'"), "3");
}

TEST_P(XmlImport, AFileWithOrdersThatWaitIsReadAgainTheNextDayAndAfterADecision) {
  database.script(
      "INSERT INTO remote_orders (shipstation_order_id, order_number, created_us, modified_us, "
      "status, disposition, rule, reason, run_id, first_seen_us, decided_us) VALUES "
      "(501, '1', 1, 1, 'awaiting_shipment', 'skipped', 'not_ours', 'r', 'x', 1, 1)");
  drop(file(order("1") + order("2", line("17612", 1), -3)));
  look();
  EXPECT_EQ(count("import_files WHERE deferred = 1 AND quarantined = 1"), "1");
  look();
  EXPECT_EQ(count("import_files"), "1") << "not every five minutes";
  database.script("UPDATE import_files SET received_us = received_us - 86400000000");
  look();
  EXPECT_EQ(count("import_files"), "2");
  database.script("UPDATE cases SET state = 'decided', decision = 'keep_apart'");
  look();
  EXPECT_EQ(one("SELECT order_number FROM orders_inbox"), "1");
}

TEST_P(XmlImport, ABadFileInTheFolderIsToldByEveryRunKeptOnceAndReadAgainWhenItChanges) {
  drop("<orders>" + order("1"));
  EXPECT_EQ(look().outcome, "failed");
  const auto again = look();
  EXPECT_EQ(again.outcome, "failed");
  EXPECT_NE(again.message.find("is still the file that was refused"), std::string::npos);
  EXPECT_EQ(count("import_files WHERE outcome = 'refused' AND body IS NOT NULL"), "1");
  drop("<orders>" + order("1") + "</orders>");
  EXPECT_EQ(look().outcome, "ok");
  EXPECT_EQ(count("orders_inbox"), "1");
}

TEST_P(XmlImport, AFileOfSixtyFourMebibytesAndOneIsRefusedUnread) {
  drop("x");
  std::filesystem::resize_file(place_.path() / "orders.xml", imports::kFileBytes + 1);
  const auto job = look();
  EXPECT_EQ(job.outcome, "failed");
  EXPECT_NE(job.message.find("it has 67108865 bytes"), std::string::npos) << job.message;
  look();
  EXPECT_EQ(count("import_files WHERE outcome = 'refused' AND body IS NULL"), "1");
}

TEST_P(XmlImport, AnAttemptThatWasCutOffIsGoneOnWith) {
  drop(file(order("1") + order("2")));
  look();
  // As a killed program leaves it: some orders in, the file not ended.
  database.script(
      "DELETE FROM order_items_inbox WHERE order_inbox_id IN (SELECT id FROM orders_inbox WHERE "
      "order_number = '2'); DELETE FROM orders_inbox WHERE order_number = '2'; DELETE FROM "
      "import_orders WHERE order_number = '2'; UPDATE import_files SET outcome = 'waiting'; "
      "UPDATE runs SET outcome = 'running', finished_us = NULL");
  EXPECT_EQ(look().outcome, "ok");
  EXPECT_EQ(count("runs WHERE outcome = 'running'"), "0") << "what was cut off is told so";
  EXPECT_EQ(count("orders_inbox"), "2");
  EXPECT_EQ(count("import_files"), "1");
  EXPECT_EQ(count("import_files WHERE inserted = 1 AND unchanged = 1"), "1");
}

TEST_P(XmlImport, AFutureDateAndACircleOfBundlesAreTheFaultOfTheirOrders) {
  database.script(
      "INSERT INTO bundle_skus (id, bundle_sku) VALUES (1, 'loop'), (2, 'back');"
      "INSERT INTO bundle_components (bundle_sku_id, component_sku, multiplier) VALUES "
      "(1, 'back', 1), (2, 'loop', 1)");
  const auto taken = take_in(file(order("1", line("loop", 1)) + order("2", line("17612", 1), -3) +
                                  order("3", line("17612", 1), -2)));
  EXPECT_EQ(taken.counts, (book::ImportCounts{.orders = 3, .inserted = 1, .quarantined = 2}));
  EXPECT_EQ(findings(taken.id).at(0).reason, "bundle loop contains itself: loop → back → loop");
}

}  // namespace
}  // namespace tallyman::engine
