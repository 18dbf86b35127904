// ShipStation's documents: whatever the bytes, rows or a Problem, and never a crash.
#include <cstddef>
#include <cstdint>
#include <string>

#include "adapters/shipstation/wire.h"

using namespace tallyman;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  const std::string text(reinterpret_cast<const char*>(bytes), size);
  const Zone utc;
  // Each reader may grow its body, so each has its own.
  auto orders = text;
  (void)shipstation::read_order_page(orders, utc, ports::OrderQuery::Sort::modified);
  auto shipments = text;
  (void)shipstation::read_shipment_page(shipments, utc);
  auto fulfilments = text;
  (void)shipstation::read_fulfilment_page(fulfilments, utc);
  auto order = text;
  (void)shipstation::read_order(order, utc);
  return 0;
}
