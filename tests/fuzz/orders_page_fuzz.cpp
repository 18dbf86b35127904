// Any bytes as a page of orders: no crash, no half-read page, and the same verdict on what is JSON
// as an independent parser.
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <variant>

#include <simdjson.h>

#include "adapters/shipstation/failures.h"
#include "adapters/shipstation/json_check.h"
#include "adapters/shipstation/json_text.h"
#include "adapters/shipstation/times.h"
#include "adapters/shipstation/wire.h"
#include "domain/base/check.h"

namespace tallyman::shipstation {
namespace {

const Zone& zone() {
  using namespace std::chrono_literals;
  static const Zone pacific(
      "America/Los_Angeles",
      {{Instant::min(), -8h, "PST"},
       {Instant{std::chrono::sys_days{std::chrono::year{2026} / 3 / 8}} + 10h, -7h, "PDT"},
       {Instant{std::chrono::sys_days{std::chrono::year{2026} / 11 / 1}} + 9h, -8h, "PST"}});
  return pacific;
}

void check_rows(const std::string& body, const ports::OrderPage& page) {
  check(page.total >= 0, "a count");
  for (const auto& row : page.rows) {
    const auto* bad = std::get_if<ports::Unreadable>(&row);
    const auto& raw =
        bad != nullptr ? bad->raw : std::get<ports::Document<orders::OrderSeen>>(row).raw;
    check(!raw.bytes.empty() && body.find(raw.bytes) != std::string::npos, "bytes of the body");
    check(!json_fault(raw.bytes), "an element is JSON by itself");
    check(bad == nullptr || !bad->problem.empty(), "a problem has words");
    if (bad != nullptr) continue;
    // What was read as a page's element reads the same by itself.
    std::string alone = raw.bytes;
    const auto order = read_order(alone, zone());
    const auto& seen = std::get<ports::Document<orders::OrderSeen>>(row).seen;
    check(order && order->seen == seen, "an order reads the same alone");
    (void)filter_text(Instant{std::chrono::floor<std::chrono::seconds>(seen.modified)}, zone());
  }
}

void try_page(std::string body) {
  const std::string before = body;
  const auto page = read_order_page(body, zone(), ports::OrderQuery::Sort::modified);
  if (page) {
    check_rows(before, *page);
  } else {
    check(!page.error().what.empty(), "a problem has words");
  }
}

// Our check and the library's full parser agree, but for numbers too large for its types, for depth
// and for texts with a lone half of a character pair.
void compare_verdicts(std::string_view text) {
  simdjson::dom::parser parser;
  const auto error = parser.parse(simdjson::padded_string(text)).error();
  const bool sound = !json_fault(text);
  if (error == simdjson::SUCCESS) {
    check(sound || text.size() > kMaxJsonDepth, "what a parser reads is sound");
  } else if (sound) {
    check(error == simdjson::NUMBER_ERROR || error == simdjson::UTF8_ERROR ||
              error == simdjson::STRING_ERROR,
          "what is sound can be parsed");
  }
}

}  // namespace
}  // namespace tallyman::shipstation

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace tallyman;
  const std::string text(reinterpret_cast<const char*>(data), size);
  shipstation::compare_verdicts(text);
  shipstation::try_page(text);
  shipstation::try_page("{\"orders\":[" + text + "],\"total\":1}");
  ports::HttpResponse refused{400, {{"Content-Type", text.substr(0, 40)}}, text};
  const auto failure = shipstation::refusal(refused);
  check(failure && failure->cause.size() < 1000, "a cause is short");
  check(simdjson::validate_utf8(failure->cause.data(), failure->cause.size()), "a cause is UTF-8");
  ports::HttpResponse unusable{200, {}, text};
  (void)shipstation::unusable(unusable, Problem{"x"});
  (void)shipstation::instant_from_http_date(text);
  return 0;
}
