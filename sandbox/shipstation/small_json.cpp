// The small answers: messages, bulk results and the bare arrays that hardly change.
#include "sandbox/shipstation/account.h"
#include "sandbox/shipstation/json_writer.h"
#include "sandbox/shipstation/wire.h"

namespace tallyman::sandbox {
namespace {

void write_store(JsonWriter& json, std::int64_t id, std::string_view name, std::int64_t marketplace,
                 std::string_view marketplace_name) {
  json.begin_object();
  json.member("storeId", id);
  json.member("storeName", name);
  json.member("marketplaceId", marketplace);
  json.member("marketplaceName", marketplace_name);
  json.member_null("accountName");
  json.member_null("email");
  json.member_null("integrationUrl");
  json.member_flag("active", true);
  json.member("companyName", std::string_view(""));
  json.member("phone", std::string_view(""));
  json.member("publicEmail", std::string_view(""));
  json.member("website", std::string_view(""));
  json.member_null("refreshDate");
  json.member_null("lastRefreshAttempt");
  json.member("createDate", std::string_view("2024-07-16T14:00:34.823"));
  json.member("modifyDate", std::string_view("2024-07-16T14:00:34.78"));
  json.member_flag("autoRefresh", false);
  json.member_null("statusMappings");
  json.end_object();
}

void write_carrier(JsonWriter& json, std::string_view name, std::string_view code,
                   std::int64_t provider, bool primary) {
  json.begin_object();
  json.member("name", name);
  json.member("code", code);
  json.member("accountNumber", std::string_view("SANDBOX"));
  json.member_flag("requiresFundedAccount", code == "stamps_com");
  json.member_decimal("balance", 1524);
  json.member_null("nickname");
  json.member("shippingProviderId", provider);
  json.member_flag("primary", primary);
  json.end_object();
}

void write_tag(JsonWriter& json, std::int64_t id, std::string_view name, std::string_view color) {
  json.begin_object();
  json.member("tagId", id);
  json.member("name", name);
  json.member("color", color);
  json.end_object();
}

}  // namespace

void append_list_end(std::string& out, std::int64_t total, std::int64_t page, std::int64_t pages) {
  out += fmt::format(R"(],"total":{},"page":{},"pages":{}}})", total, page, pages);
}

std::string stores_json() {
  std::string out;
  JsonWriter json(out);
  json.begin_array();
  write_store(json, kManualStore, "Manual Orders", 0, "ShipStation Manual Store");
  write_store(json, kShopStore, "Example Shop", 82, "X-Cart");
  json.end_array();
  return out;
}

std::string carriers_json() {
  std::string out;
  JsonWriter json(out);
  json.begin_array();
  // Two rows may share a code (facts/shipstation.md §4.3).
  write_carrier(json, "FedEx", "fedex_walleted", 1001, true);
  write_carrier(json, "FedEx", "fedex", 1002, false);
  write_carrier(json, "FedEx", "fedex", 1003, false);
  write_carrier(json, "Stamps.com", "stamps_com", 1004, false);
  write_carrier(json, "UPS", "ups_walleted", 1005, false);
  json.end_array();
  return out;
}

std::string tags_json() {
  std::string out;
  JsonWriter json(out);
  json.begin_array();
  write_tag(json, 9001, "Hawaii", "#800080");
  write_tag(json, 9002, "Check address", "#FF0000");
  json.end_array();
  return out;
}

std::string message_json(std::string_view message) {
  std::string out;
  JsonWriter json(out);
  json.begin_object();
  json.member("Message", message);
  json.end_object();
  return out;
}

std::string server_error_json() {
  return R"({"Message":"An error has occurred.","ExceptionMessage":"Object reference not set to )"
         R"(an instance of an object.","ExceptionType":"System.NullReferenceException",)"
         R"("StackTrace":null})";
}

std::string invalid_request_json(std::string_view member, std::string_view why) {
  std::string out;
  JsonWriter json(out);
  json.begin_object();
  json.member("Message", std::string_view("The request is invalid."));
  json.key("ModelState");
  json.begin_object();
  json.key(member);
  json.begin_array();
  json.text(why);
  json.end_array();
  json.end_object();
  json.end_object();
  return out;
}

std::string success_json(std::string_view message) {
  std::string out;
  JsonWriter json(out);
  json.begin_object();
  json.member_flag("success", true);
  json.member("message", message);
  json.end_object();
  return out;
}

std::string bulk_json(std::span<const BulkResult> results) {
  std::string out;
  JsonWriter json(out);
  json.begin_object();
  bool has_errors = false;
  for (const BulkResult& result : results) has_errors |= result.error.has_value();
  json.member_flag("hasErrors", has_errors);
  json.key("results");
  json.begin_array();
  for (const BulkResult& result : results) {
    json.begin_object();
    json.member("orderId", result.order);
    json.member("orderNumber", result.number);
    json.member("orderKey", result.key);
    json.member_flag("success", !result.error);
    json.member("errorMessage", result.error);
    json.end_object();
  }
  json.end_array();
  json.end_object();
  return out;
}

}  // namespace tallyman::sandbox
