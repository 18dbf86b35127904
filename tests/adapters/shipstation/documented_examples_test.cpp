// Every order, shipment and fulfilment in the partner's own documentation must be readable.
#include <gtest/gtest.h>

#include <vector>

#include <simdjson.h>

#include "adapters/shipstation/json_check.h"
#include "adapters/shipstation/support.h"
#include "adapters/shipstation/wire.h"

namespace tallyman::shipstation {
namespace {

// The objects of the documentation that carry all of `members`, `id` among them as a number (in a
// schema it would be an object).
std::vector<std::string> examples(std::string_view id, std::vector<std::string_view> members) {
  const std::string text = captured("openapi-v1-2018.json");
  if (json_fault(text)) throw std::runtime_error("the documentation is not JSON");
  std::vector<std::string> found;
  simdjson::dom::parser parser;
  bool quoted = false;
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (quoted && text[at] == '\\')
      ++at;
    else if (text[at] == '"')
      quoted = !quoted;
    if (quoted || text[at] != '{') continue;
    const std::string object{first_value(std::string_view{text}.substr(at))};
    simdjson::dom::element element;
    if (parser.parse(object).get(element) != simdjson::SUCCESS) continue;
    bool all = element[id].is_int64();
    for (const auto member : members) all = all && element[member].error() == simdjson::SUCCESS;
    if (all) found.push_back(object);
  }
  return found;
}

template <class Page>
void expect_all_read(const Page& page, std::size_t count) {
  ASSERT_TRUE(page) << page.error().what;
  EXPECT_EQ(page->rows.size(), count);
  for (const auto& row : page->rows) {
    if (const auto* bad = std::get_if<ports::Unreadable>(&row)) {
      ADD_FAILURE() << bad->problem << "\n" << bad->raw.bytes.substr(0, 200);
    }
  }
}

std::string page_of(std::string_view list, const std::vector<std::string>& elements) {
  std::string body = "{\"" + std::string{list} + "\":[";
  for (const auto& element : elements) body += (body.ends_with('[') ? "" : ",") + element;
  return body + "],\"total\":" + std::to_string(elements.size()) + ",\"page\":1,\"pages\":0}";
}

TEST(DocumentedExamples, OfOrdersAreAllRead) {
  const auto found = examples("orderId", {"orderStatus", "items"});
  EXPECT_EQ(found.size(), 7U);
  std::string body = page_of("orders", found);
  expect_all_read(read_order_page(body, pacific(), ports::OrderQuery::Sort::modified),
                  found.size());
}

TEST(DocumentedExamples, OfShipmentsAreAllRead) {
  const auto found = examples("shipmentId", {"createDate", "carrierCode"});
  EXPECT_EQ(found.size(), 5U);
  std::string body = page_of("shipments", found);
  expect_all_read(read_shipment_page(body, pacific()), found.size());
}

TEST(DocumentedExamples, OfFulfilmentsAreAllRead) {
  const auto found = examples("fulfillmentId", {"createDate"});
  EXPECT_EQ(found.size(), 4U);
  std::string body = page_of("fulfillments", found);
  expect_all_read(read_fulfilment_page(body, pacific()), found.size());
}

}  // namespace
}  // namespace tallyman::shipstation
