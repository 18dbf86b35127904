// /api/v1/imports and /api/v1/bundles over a real book.
#include "adapters/xml/shop_file.h"
#include "api/api_test.h"
#include "domain/imports/limits.h"
#include "ports/statements.h"
#include "workflows/schedules.h"
#include "workflows/xml_import.h"

namespace tallyman::tests {
namespace {

namespace json = boost::json;

constexpr auto kImports = "/api/v1/imports";

class ImportsApi : public ApiTest {
 protected:
  ImportsApi() {
    ports::transact(story_.database(), ports::TxMode::write, workflows::add_switches);
    context_.imports.preview = [this](std::string_view name, std::string_view bytes) {
      return workflows::preview_import({.database = story_.database(), .reader = reader_},
                                       settings(), name, bytes);
    };
  }
  workflows::ImportSettings settings() {
    return {.account = kDefaultAccount,
            .warehouse = context_.warehouse,
            .key_skus = [this](ports::Tx&) { return context_.known_skus; },
            .archive_days = [](ports::Tx&) { return std::int64_t{60}; }};
  }
  std::string file(const std::string& date = "") {
    return "<orders><order><orderid>700015</orderid><date2>" + date +
           "</date2><order_detail><productid>17612</productid></order_detail></order></orders>";
  }
  http_server::Response post(const std::string& target, const std::string& body,
                             const std::string& media = "application/xml") {
    return send("POST", target, {{"Content-Type", media}}, body);
  }
  http_server::Response put_bundle(const std::string& sku, const std::string& body) {
    return send("PUT", "/api/v1/bundles/" + sku, {{"Content-Type", "application/json"}}, body);
  }
  std::string detail(const http_server::Response& response) {
    return std::string(json::parse(response.body).at("detail").as_string());
  }
  xml::ShopFileReader reader_;
};

TEST_F(ImportsApi, AFileThatIsHandedInIsKeptAndAJobTakesItIn) {
  const auto asked = post(std::string(kImports) + "?name=monday.xml", file());
  ASSERT_EQ(asked.status, 202) << asked.body;
  EXPECT_EQ(wakes_, 1);
  const auto body = json::parse(asked.body);
  const auto one =
      get(std::string(kImports) + "/" + std::to_string(body.at("import_id").as_int64()));
  EXPECT_EQ(one.at("name").as_string(), "monday.xml");
  EXPECT_EQ(one.at("outcome").as_string(), "waiting");
  EXPECT_EQ(one.at("source").as_string(), "upload");
  EXPECT_EQ(one.at("received_by").as_string(), "local:shell");
  EXPECT_EQ(one.at("job_id"), body.at("job_id"));
  EXPECT_EQ(one.at("size_bytes").as_int64(), static_cast<std::int64_t>(file().size()));
  EXPECT_EQ(story_.one("SELECT kind || ' ' || priority FROM jobs"), "import-file 0");
  const auto page = get(kImports);
  EXPECT_EQ(page.at("items").as_array().size(), 1U);
  EXPECT_TRUE(page.at("folder").is_null());
  EXPECT_EQ(page.at("file_name").as_string(), "orders.xml");
}

TEST_F(ImportsApi, APreviewWritesNothing) {
  const auto answer = post("/api/v1/imports/preview", file("never"));
  ASSERT_EQ(answer.status, 200) << answer.body;
  const auto body = json::parse(answer.body);
  EXPECT_EQ(body.at("outcome").as_string(), "partial");
  EXPECT_EQ(body.at("counts").at("quarantined").as_int64(), 1);
  EXPECT_EQ(body.at("findings").at(0).at("column").as_int64(), 48);
  EXPECT_EQ(body.at("findings").at(0).at("order_number").as_string(), "700015");
  EXPECT_EQ(story_.one("SELECT (SELECT COUNT(*) FROM import_files) + (SELECT COUNT(*) FROM jobs) + "
                       "(SELECT COUNT(*) FROM quarantine)"),
            "0");
  const auto hostile =
      json::parse(post("/api/v1/imports/preview", "<!DOCTYPE x><orders></orders>").body);
  EXPECT_EQ(hostile.at("outcome").as_string(), "refused");
}

TEST_F(ImportsApi, AFileNameIsALabelAndNeverAPath) {
  for (const auto* name :
       {"../etc/passwd", "..", ".", "a%2Fb.xml", "%5C%5Chost%5Cx", "a%0Ab", ""}) {
    const auto answer = post(std::string(kImports) + "?name=" + name, file());
    EXPECT_EQ(answer.status, 400) << name;
  }
  EXPECT_EQ(post(std::string(kImports) + "?name=" + std::string(201, 'x'), file()).status, 400);
  EXPECT_EQ(story_.one("SELECT COUNT(*) FROM import_files"), "0");
  EXPECT_EQ(post(std::string(kImports) + "?name=caf%C3%A9%20..xml", file()).status, 202);
}

TEST_F(ImportsApi, WhatIsNoFileOrTooLargeIsRefused) {
  EXPECT_EQ(post(kImports, "{}", "application/json").status, 415);
  EXPECT_EQ(post(kImports, "a=b", "application/x-www-form-urlencoded").status, 415);
  EXPECT_EQ(post(kImports, file(), "text/plain").status, 415);
  EXPECT_EQ(post(kImports, file(), "text/xml; charset=iso-8859-1").status, 202);
  EXPECT_EQ(post(kImports, "").status, 400);
  EXPECT_EQ(post(kImports, std::string(imports::kFileBytes + 1, ' ')).status, 413);
  EXPECT_EQ(story_.one("SELECT COUNT(*) FROM import_files"), "1");
}

TEST_F(ImportsApi, SwitchedOffNothingIsTakenIn) {
  story_.script("UPDATE workflow_controls SET enabled = 0 WHERE workflow_name = 'xml-import'");
  EXPECT_EQ(post(kImports, file()).status, 409);
  EXPECT_EQ(story_.one("SELECT COUNT(*) FROM import_files"), "0");
  EXPECT_EQ(post("/api/v1/imports/preview", file()).status, 200) << "looking is free";
}

TEST_F(ImportsApi, FindingsAreListedInTheOrderOfTheFileAndByKind) {
  story_.script(
      "INSERT INTO import_files (import_id, name, source, sha256, size_bytes, received_us, "
      "received_by, outcome) VALUES (1, 'orders.xml', 'folder', 'a', 1, 1, 'schedule', 'ok')");
  for (int i = 1; i <= 7; ++i) {
    story_.script(
        "INSERT INTO import_findings (import_id, position, kind, line, col, sku, "
        "quantity, reason) VALUES (1, " +
        std::to_string(i) + ", '" + (i % 2 == 0 ? "line_dropped" : "order_skipped") + "', " +
        std::to_string(i) + ", 1, 'x', 2, 'r')");
  }
  std::string lines;
  std::string cursor;
  do {
    const auto page =
        get("/api/v1/imports/1/findings?limit=3" + (cursor.empty() ? "" : "&cursor=" + cursor));
    for (const auto& item : page.at("items").as_array()) {
      lines += std::to_string(item.at("line").as_int64());
    }
    cursor = page.at("next_cursor").is_null() ? "" : page.at("next_cursor").as_string().c_str();
  } while (!cursor.empty());
  EXPECT_EQ(lines, "1234567");
  EXPECT_EQ(get("/api/v1/imports/1/findings?kind=line_dropped").at("items").as_array().size(), 3U);
  EXPECT_EQ(send("GET", "/api/v1/imports/9/findings").status, 404);
  EXPECT_EQ(send("GET", "/api/v1/imports/x").status, 404);
  EXPECT_EQ(send("GET", "/api/v1/imports/1/findings?cursor=x").status, 400);
}

TEST_F(ImportsApi, ABundleIsStoredAsAWholeWithWhatItComesTo) {
  ASSERT_EQ(put_bundle("18235", R"({"active":true,"components":[{"sku":"17612","multiplier":15}]})")
                .status,
            200);
  const auto answer =
      put_bundle("box", R"({"description":"two and a gift","active":true,"components":[
                 {"sku":"18235","multiplier":2},{"sku":"gift","multiplier":1}]})");
  ASSERT_EQ(answer.status, 200) << answer.body;
  const auto bundle = json::parse(answer.body);
  EXPECT_EQ(json::serialize(bundle.at("units")),
            R"([{"sku":"17612","units":30,"key":true},{"sku":"gift","units":1,"key":false}])");
  EXPECT_TRUE(bundle.at("problem").is_null());
  EXPECT_EQ(get("/api/v1/bundles").at("items").as_array().size(), 2U);
  EXPECT_EQ(get("/api/v1/bundles/box").at("description").as_string(), "two and a gift");
  EXPECT_EQ(story_.one("SELECT COUNT(*) FROM audit_log WHERE action = 'bundle.set'"), "2");

  ASSERT_EQ(
      put_bundle("box", R"({"active":false,"components":[{"sku":"17904","multiplier":1}]})").status,
      200);
  EXPECT_EQ(story_.one("SELECT COUNT(*) FROM bundle_components"), "2");
  EXPECT_EQ(story_.one("SELECT COUNT(*) FROM audit_log WHERE action = 'bundle.set'"), "3");
  put_bundle("box", R"({"active":false,"components":[{"sku":"17904","multiplier":1}]})");
  EXPECT_EQ(story_.one("SELECT COUNT(*) FROM audit_log WHERE action = 'bundle.set'"), "3")
      << "the same again changes nothing";
  EXPECT_EQ(send("GET", "/api/v1/bundles/none").status, 404);
}

TEST_F(ImportsApi, AWrongBundleIsRefusedInWords) {
  put_bundle("a", R"({"active":true,"components":[{"sku":"b","multiplier":1}]})");
  const auto circle =
      put_bundle("b", R"({"active":true,"components":[{"sku":"a","multiplier":1}]})");
  EXPECT_EQ(circle.status, 400);
  EXPECT_EQ(detail(circle), "Bundle b contains itself: b → a → b.");
  for (
      const auto* body :
      {R"({"active":true,"components":[]})", R"({"components":[{"sku":"x","multiplier":1}]})",
       R"({"active":true,"components":[{"sku":"x","multiplier":0}]})",
       R"({"active":true,"components":[{"sku":"x","multiplier":1,"lot":"y"}]})",
       R"({"active":true,"components":["x"]})", R"({"active":true,"components":{}})",
       R"({"active":true,"components":[{"sku":"x","multiplier":1},{"sku":"x","multiplier":2}]})"}) {
    EXPECT_EQ(put_bundle("c", body).status, 400) << body;
  }
  EXPECT_EQ(story_.one("SELECT COUNT(*) FROM bundle_skus"), "1");
  // Plain SQL made a circle: it is shown.
  story_.script(
      "INSERT INTO bundle_skus (id, bundle_sku) VALUES (9, 'b');"
      "INSERT INTO bundle_components (bundle_sku_id, component_sku, multiplier) VALUES "
      "(9, 'a', 1)");
  EXPECT_EQ(get("/api/v1/bundles/a").at("problem").as_string(),
            "bundle a contains itself: a → b → a");
}

TEST_F(ImportsApi, ArchivedOrdersAreFoundByWhoeverLooksForThem) {
  story_.script(
      "INSERT INTO orders_inbox (order_number, order_date, status, archived_us) VALUES "
      "('600005', '2026-01-01', 'shipped', 1), ('600015', '2026-11-19', 'shipped', NULL)");
  const auto numbers = [&](const std::string& query) {
    std::string all;
    const auto page = get("/api/v1/orders?" + query);
    for (const auto& item : page.at("items").as_array()) {
      all += std::string(item.at("order_number").as_string()) + " ";
    }
    return all;
  };
  EXPECT_EQ(numbers("limit=9"), "600015 ");
  EXPECT_EQ(numbers("archived=1"), "600005 ");
  EXPECT_EQ(numbers("q=600005"), "600005 ");
  EXPECT_EQ(send("GET", "/api/v1/orders/600005").status, 200);
}

}  // namespace
}  // namespace tallyman::tests
