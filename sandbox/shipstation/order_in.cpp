#include "sandbox/shipstation/order_in.h"

#include <cmath>

#include <fmt/format.h>
#include <boost/json.hpp>

namespace tallyman::sandbox {
namespace {

namespace json = boost::json;

// The members of one object; the first one that cannot be read is kept as the problem.
class Members {
 public:
  Members(const json::object& object, std::string path, std::optional<Problem>& bad)
      : object_(object), path_(std::move(path)), bad_(bad) {}

  const json::value* find(std::string_view name) const {
    const json::value* value = object_.if_contains(name);
    return value != nullptr && value->is_null() ? nullptr : value;
  }
  Text text(std::string_view name) const {
    const json::value* value = find(name);
    if (value == nullptr) return std::nullopt;
    if (const auto* string = value->if_string()) return std::string(*string);
    if (value->is_number()) return json::serialize(*value);
    refuse(name, "string");
    return std::nullopt;
  }
  std::optional<std::int64_t> whole(std::string_view name) const {
    const json::value* value = find(name);
    if (value == nullptr) return std::nullopt;
    if (const auto* number = value->if_int64()) return *number;
    if (const auto* string = value->if_string()) {
      const json::value inner = parse_or_null(*string);
      if (const auto* number = inner.if_int64()) return *number;
    }
    refuse(name, "integer");
    return std::nullopt;
  }
  std::optional<std::int64_t> hundredths(std::string_view name) const {
    const json::value* value = find(name);
    if (value == nullptr) return std::nullopt;
    if (value->is_number()) return std::llround(value->to_number<double>() * 100.0);
    refuse(name, "decimal");
    return std::nullopt;
  }
  bool flag(std::string_view name) const {
    const json::value* value = find(name);
    if (value == nullptr) return false;
    if (value->is_bool()) return value->get_bool();
    refuse(name, "boolean");
    return false;
  }
  std::optional<LocalTime> time(std::string_view name) const {
    const Text written = text(name);
    if (!written) return std::nullopt;
    if (const auto day = day_from_text(*written)) return LocalTime{*day};
    if (const auto naive = local_time_from_text(*written)) return *naive;
    // "…Z" in old request examples: the wall clock is taken as written.
    if (const auto instant = instant_from_text(*written)) {
      return LocalTime{instant->time_since_epoch()};
    }
    refuse(name, "date");
    return std::nullopt;
  }
  std::optional<Day> day(std::string_view name) const {
    const auto at = time(name);
    return at ? std::optional(day_of(*at)) : std::nullopt;
  }
  std::optional<Members> object(std::string_view name) const {
    const json::value* value = find(name);
    if (value == nullptr) return std::nullopt;
    if (const auto* inner = value->if_object()) return Members(*inner, path_of(name), bad_);
    refuse(name, "object");
    return std::nullopt;
  }
  const json::array* array(std::string_view name) const {
    const json::value* value = find(name);
    if (value == nullptr) return nullptr;
    if (const auto* array = value->if_array()) return array;
    refuse(name, "array");
    return nullptr;
  }
  bool contains(std::string_view name) const { return object_.contains(name); }
  std::string path_of(std::string_view name) const {
    return path_.empty() ? std::string(name) : fmt::format("{}.{}", path_, name);
  }
  std::optional<Problem>& bad() const { return bad_; }

 private:
  static json::value parse_or_null(std::string_view text) {
    boost::system::error_code error;
    json::value value = json::parse(text, error);
    return error ? json::value() : value;
  }
  void refuse(std::string_view name, std::string_view type) const {
    if (!bad_)
      bad_ = Problem{fmt::format("Could not convert to {}. Path '{}'.", type, path_of(name))};
  }
  const json::object& object_;
  std::string path_;
  std::optional<Problem>& bad_;
};

Address read_address(const std::optional<Members>& in) {
  Address address;
  if (!in) return address;
  address.name = in->text("name");
  address.company = in->text("company");
  address.street1 = in->text("street1");
  address.street2 = in->text("street2");
  address.street3 = in->text("street3");
  address.city = in->text("city");
  address.state = in->text("state");
  address.postal_code = in->text("postalCode");
  address.country = in->text("country");
  address.phone = in->text("phone");
  if (in->find("residential") != nullptr) address.residential = in->flag("residential");
  address.verified = in->text("addressVerified");
  return address;
}

std::optional<Weight> read_weight(const std::optional<Members>& in) {
  if (!in) return std::nullopt;
  return Weight{in->hundredths("value").value_or(0), in->text("units").value_or("ounces")};
}

Line read_line(const Members& in) {
  Line line;
  line.id = in.whole("orderItemId").value_or(0);
  line.key = in.text("lineItemKey");
  line.sku = in.text("sku");
  line.name = in.text("name").value_or("");
  line.image_url = in.text("imageUrl");
  line.weight = read_weight(in.object("weight"));
  line.quantity = in.whole("quantity").value_or(0);
  line.unit_price = in.hundredths("unitPrice").value_or(0);
  line.tax = in.hundredths("taxAmount");
  line.shipping = in.hundredths("shippingAmount");
  line.warehouse_location = in.text("warehouseLocation");
  if (const auto* options = in.array("options")) {
    for (const json::value& option : *options) {
      if (!option.is_object()) continue;
      const Members pair(option.get_object(), in.path_of("options"), in.bad());
      line.options.emplace_back(pair.text("name").value_or(""), pair.text("value").value_or(""));
    }
  }
  line.product_id = in.whole("productId");
  line.fulfillment_sku = in.text("fulfillmentSku");
  line.adjustment = in.flag("adjustment");
  line.upc = in.text("upc");
  return line;
}

std::vector<Line> read_lines(const Members& in) {
  std::vector<Line> lines;
  const auto* items = in.array("items");
  if (items == nullptr) return lines;
  for (std::size_t i = 0; i < items->size(); ++i) {
    const json::value& item = (*items)[i];
    const std::string path = in.path_of(fmt::format("items[{}]", i));
    if (item.is_object()) {
      lines.push_back(read_line(Members(item.get_object(), path, in.bad())));
    } else if (!in.bad()) {
      in.bad() = Problem{fmt::format("Could not convert to OrderItem. Path '{}'.", path)};
    }
  }
  return lines;
}

Advanced read_advanced(const std::optional<Members>& in) {
  Advanced advanced;
  if (!in) return advanced;
  advanced.warehouse = in->whole("warehouseId");
  advanced.non_machinable = in->flag("nonMachinable");
  advanced.saturday_delivery = in->flag("saturdayDelivery");
  advanced.contains_alcohol = in->flag("containsAlcohol");
  advanced.store = in->whole("storeId").value_or(0);
  advanced.custom1 = in->text("customField1");
  advanced.custom2 = in->text("customField2");
  advanced.custom3 = in->text("customField3");
  advanced.source = in->text("source");
  advanced.bill_to_party = in->text("billToParty");
  advanced.bill_to_account = in->text("billToAccount");
  advanced.bill_to_postal_code = in->text("billToPostalCode");
  advanced.bill_to_country = in->text("billToCountryCode");
  advanced.bill_to_my_other_account = in->whole("billToMyOtherAccount");
  return advanced;
}

void read_options_of_order(const Members& in, Order& order) {
  if (const auto size = in.object("dimensions")) {
    order.dimensions =
        Dimensions{size->text("units").value_or("inches"), size->hundredths("length").value_or(0),
                   size->hundredths("width").value_or(0), size->hundredths("height").value_or(0)};
  }
  if (const auto insurance = in.object("insuranceOptions")) {
    order.insurance = {insurance->text("provider"), insurance->flag("insureShipment"),
                       insurance->hundredths("insuredValue").value_or(0)};
  }
  if (const auto abroad = in.object("internationalOptions")) {
    order.international.contents = abroad->text("contents");
    if (const auto* customs = abroad->array("customsItems")) {
      order.international.customs_items = json::serialize(*customs);
    }
    order.international.non_delivery = abroad->text("nonDelivery");
  }
  if (const auto* tags = in.array("tagIds")) {
    order.tags.emplace();
    for (const json::value& tag : *tags) {
      if (const auto* id = tag.if_int64()) order.tags->push_back(*id);
    }
  }
}

Order read_order(const Members& in) {
  Order order;
  order.id = in.whole("orderId").value_or(0);
  order.number = in.text("orderNumber").value_or("");
  order.key = in.text("orderKey").value_or("");
  order.ordered = in.time("orderDate").value_or(LocalTime{});
  order.paid = in.time("paymentDate");
  order.ship_by = in.time("shipByDate");
  order.status = in.text("orderStatus").value_or("");
  order.customer_username = in.text("customerUsername");
  order.customer_email = in.text("customerEmail");
  order.bill_to = read_address(in.object("billTo"));
  order.ship_to = read_address(in.object("shipTo"));
  order.lines = read_lines(in);
  order.amount_paid = in.hundredths("amountPaid").value_or(0);
  order.tax = in.hundredths("taxAmount").value_or(0);
  order.shipping = in.hundredths("shippingAmount").value_or(0);
  order.customer_notes = in.text("customerNotes");
  order.internal_notes = in.text("internalNotes");
  order.gift = in.flag("gift");
  order.gift_message = in.text("giftMessage");
  order.payment_method = in.text("paymentMethod");
  order.requested_service = in.text("requestedShippingService");
  order.carrier = in.text("carrierCode");
  order.service = in.text("serviceCode");
  order.package = in.text("packageCode");
  order.confirmation = in.text("confirmation");
  order.ship_date = in.day("shipDate");
  order.weight = read_weight(in.object("weight"));
  read_options_of_order(in, order);
  order.advanced = read_advanced(in.object("advancedOptions"));
  return order;
}

Result<Posted> read_posted(const json::value& value) {
  const auto* object = value.if_object();
  if (object == nullptr) {
    return problem(
        "Cannot deserialize the current JSON array (e.g. [1,2,3]) into type "
        "'SS.OpenApi.Models.Orders.Order'.\r\nPath '', line 1, position 1.");
  }
  std::optional<Problem> bad;
  const Members in(*object, "", bad);
  Posted posted;
  posted.draft = read_order(in);
  for (const char* member : {"createDate", "modifyDate", "customerId", "orderTotal",
                             "holdUntilDate", "userId", "externallyFulfilled", "labelMessages"}) {
    posted.has_read_only_members |= in.contains(member);
  }
  posted.has_ship_to = in.find("shipTo") != nullptr;
  if (bad) return tl::unexpected(*bad);
  return posted;
}

Result<json::value> parsed(std::string_view body) {
  boost::system::error_code error;
  json::value value = json::parse(body, error);
  if (error) return problem(fmt::format("Unexpected character encountered: {}", error.message()));
  return value;
}

}  // namespace

Result<Posted> posted_order(std::string_view body) {
  const auto value = parsed(body);
  if (!value) return tl::unexpected(value.error());
  return read_posted(*value);
}

Result<std::vector<Result<Posted>>> posted_orders(std::string_view body) {
  const auto value = parsed(body);
  if (!value) return tl::unexpected(value.error());
  const auto* array = value->if_array();
  if (array == nullptr) return problem("Cannot deserialize the current JSON object into a list.");
  std::vector<Result<Posted>> all;
  for (const json::value& element : *array) all.push_back(read_posted(element));
  return all;
}

Result<PostedMove> posted_move(std::string_view body) {
  const auto value = parsed(body);
  if (!value) return tl::unexpected(value.error());
  const auto* object = value->if_object();
  if (object == nullptr) return problem("The request is not an object.");
  std::optional<Problem> bad;
  const Members in(*object, "", bad);
  PostedMove move;
  move.order = in.whole("orderId");
  move.carrier = in.text("carrierCode").value_or("");
  move.tracking = in.text("trackingNumber");
  move.ship_date = in.day("shipDate");
  move.hold_until = in.day("holdUntilDate");
  if (bad) return tl::unexpected(*bad);
  return move;
}

}  // namespace tallyman::sandbox
