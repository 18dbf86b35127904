// What the pretend ShipStation keeps: its own structs, never those of the client. Members follow
// facts/shipstation.md §5. Money is cents, weights and sizes are hundredths.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "domain/base/time.h"

namespace tallyman::sandbox {

using Text = std::optional<std::string>;

struct Address {
  Text name{};
  Text company{};
  Text street1{};
  Text street2{};
  Text street3{};
  Text city{};
  Text state{};
  Text postal_code{};
  Text country{};
  Text phone{};
  std::optional<bool> residential{};
  Text verified{};  // "addressVerified"
  friend bool operator==(const Address&, const Address&) = default;
};

struct Weight {
  std::int64_t hundredths = 0;
  std::string units = "ounces";
  friend bool operator==(const Weight&, const Weight&) = default;
};

struct Dimensions {
  std::string units = "inches";
  std::int64_t length = 0;  // hundredths
  std::int64_t width = 0;
  std::int64_t height = 0;
  friend bool operator==(const Dimensions&, const Dimensions&) = default;
};

struct Line {
  std::int64_t id = 0;  // "orderItemId"; 0 in a draft
  Text key{};           // "lineItemKey"
  Text sku{};           // "17612 - 250340"
  std::string name{};
  Text image_url{};
  std::optional<Weight> weight{};
  std::int64_t quantity = 1;
  std::int64_t unit_price = 0;
  std::optional<std::int64_t> tax{};
  std::optional<std::int64_t> shipping{};
  Text warehouse_location{};
  std::vector<std::pair<std::string, std::string>> options{};
  std::optional<std::int64_t> product_id{};
  Text fulfillment_sku{};
  bool adjustment = false;
  Text upc{};
  LocalTime created{};
  LocalTime modified{};
  friend bool operator==(const Line&, const Line&) = default;
};

struct Insurance {
  Text provider{};
  bool insured = false;
  std::int64_t value = 0;
  friend bool operator==(const Insurance&, const Insurance&) = default;
};

struct International {
  Text contents{};
  Text customs_items{};  // their JSON text, an array
  Text non_delivery{};
  friend bool operator==(const International&, const International&) = default;
};

struct Advanced {
  std::optional<std::int64_t> warehouse{};
  bool non_machinable = false;
  bool saturday_delivery = false;
  bool contains_alcohol = false;
  bool merged_or_split = false;
  std::vector<std::int64_t> merged_ids{};
  std::optional<std::int64_t> parent{};
  std::int64_t store = 0;
  Text custom1{};
  Text custom2{};
  Text custom3{};
  Text source{};
  Text bill_to_party{};
  Text bill_to_account{};
  Text bill_to_postal_code{};
  Text bill_to_country{};
  std::optional<std::int64_t> bill_to_my_other_account{};
  friend bool operator==(const Advanced&, const Advanced&) = default;
};

struct Order {
  std::int64_t id = 0;
  std::string number{};
  std::string key{};     // "orderKey"; made up when empty in a draft
  LocalTime ordered{};   // the marketplace's word
  Instant created_at{};  // when it really happened
  Instant modified_at{};
  LocalTime created{};  // the naive stamps that everybody sees
  LocalTime modified{};
  std::optional<LocalTime> paid{};
  std::optional<LocalTime> ship_by{};
  std::string status = "awaiting_shipment";
  std::optional<std::int64_t> customer{};
  Text customer_username{};
  Text customer_email{};
  Address bill_to{};
  Address ship_to{};
  std::vector<Line> lines{};
  std::int64_t amount_paid = 0;
  std::int64_t tax = 0;
  std::int64_t shipping = 0;
  Text customer_notes{};
  Text internal_notes{};
  bool gift = false;
  Text gift_message{};
  Text payment_method{};
  Text requested_service{};
  Text carrier{};
  Text service{};
  Text package{};
  Text confirmation{};
  std::optional<Day> ship_date{};
  std::optional<Day> hold_until{};
  std::optional<Weight> weight{};
  std::optional<Dimensions> dimensions{};
  Insurance insurance{};
  International international{};
  Advanced advanced{};
  std::optional<std::vector<std::int64_t>> tags{};
  Text user{};
  bool externally_fulfilled = false;
  Text externally_fulfilled_by{};
  friend bool operator==(const Order&, const Order&) = default;
};

// "orderTotal": lines (adjustments included) + tax + shipping (facts/shipstation.md §5).
std::int64_t order_total(const Order& order);

// A label bought in ShipStation.
struct Shipment {
  std::int64_t id = 0;
  std::optional<std::int64_t> order{};
  Text order_key{};
  Text order_number{};
  Text customer_email{};
  Instant created_at{};
  LocalTime created{};
  Day ship_date{};
  std::int64_t cost = 0;
  Text tracking{};
  bool return_label = false;
  Text batch_number{};
  Text carrier{};
  Text service{};
  Text package{};
  Text confirmation{};
  std::optional<std::int64_t> warehouse{};
  bool voided = false;
  std::optional<Instant> voided_at{};
  std::optional<LocalTime> void_stamp{};
  Address ship_to{};
  std::optional<Weight> weight{};
  std::int64_t store = 0;
  std::vector<Line> lines{};  // only what is in this parcel
  friend bool operator==(const Shipment&, const Shipment&) = default;
};

// Marked as shipped, or shipped by somebody else.
struct Fulfilment {
  std::int64_t id = 0;
  std::int64_t order = 0;
  std::string order_number{};
  Text customer_email{};
  Instant created_at{};
  LocalTime created{};
  Day ship_date{};
  Text tracking{};
  Text carrier{};  // may be a display name ("UPS")
  bool voided = false;
  std::optional<LocalTime> void_stamp{};
  Address ship_to{};
  friend bool operator==(const Fulfilment&, const Fulfilment&) = default;
};

// Ground truth about one order, for the oracle of a story.
struct OrderTruth {
  Order order{};
  std::vector<Shipment> shipments{};      // by id
  std::vector<Fulfilment> fulfilments{};  // by id
};

}  // namespace tallyman::sandbox
