#include "domain/shipments/history.h"

#include <algorithm>
#include <map>
#include <tuple>

#include <fmt/format.h>

#include "domain/orders/service_name.h"
#include "domain/orders/trim.h"

namespace tallyman::shipments {
namespace {

using orders::LocalLine;
using orders::OrderStatus;

// One ShipStation order of the local order, with what belongs to it. Only live parcels.
struct Part {
  std::optional<ShipStationOrderId> id;
  bool shipped = false;
  std::vector<const LocalLine*> lines;
  std::vector<const ShipmentSeen*> labels;
  std::vector<const FulfilmentSeen*> fulfilments;
  bool had_parcels = false;  // voided ones too
};

template <class Parcel>
bool is_first(const Parcel* a, const Parcel* b) {
  return std::tie(a->created, a->id) < std::tie(b->created, b->id);
}

std::vector<Part> find_parts(const orders::LocalOrder& order) {
  const auto is_shipped = [](const orders::Status& status) {
    return status.known == OrderStatus::shipped;
  };
  std::vector<Part> parts;
  // With one part the order's own row speaks (scripts may have set it); a family speaks per part.
  if (order.links.size() <= 1) {
    Part part;
    part.id = order.header.shipstation_order;
    if (!part.id && !order.links.empty()) part.id = order.links.front().id;
    part.shipped = is_shipped(order.header.status);
    parts.push_back(std::move(part));
    return parts;
  }
  for (const auto& link : order.links) {
    Part part;
    part.id = link.id;
    part.shipped = is_shipped(link.status.word.empty() ? order.header.status : link.status);
    parts.push_back(std::move(part));
  }
  // The primary first: it takes what names no part.
  std::ranges::sort(parts, [&](const Part& a, const Part& b) {
    const auto rank = [&](const Part& part) {
      return std::pair(part.id != order.header.shipstation_order, part.id);
    };
    return rank(a) < rank(b);
  });
  return parts;
}

Part& part_of(std::vector<Part>& parts, const std::optional<ShipStationOrderId>& id) {
  const auto found =
      std::ranges::find_if(parts, [&](const Part& part) { return id && part.id == id; });
  return found == parts.end() ? parts.front() : *found;
}

std::vector<Part> sort_out(const HistoryInput& input) {
  auto parts = find_parts(input.order);
  for (const auto& line : input.order.lines) part_of(parts, line.order).lines.push_back(&line);
  for (const auto& label : input.labels) {
    if (label.return_label) continue;
    Part& part = part_of(parts, label.order);
    part.had_parcels = true;
    if (!label.voided) part.labels.push_back(&label);
  }
  for (const auto& fulfilment : input.fulfilments) {
    Part& part = part_of(parts, fulfilment.order);
    part.had_parcels = true;
    if (!fulfilment.voided) part.fulfilments.push_back(&fulfilment);
  }
  for (auto& part : parts) {
    std::ranges::sort(part.labels, is_first<ShipmentSeen>);
    std::ranges::sort(part.fulfilments, is_first<FulfilmentSeen>);
    std::ranges::sort(part.lines, [](const LocalLine* a, const LocalLine* b) {
      const auto rank = [](const LocalLine* line) {
        return std::tie(line->line, line->sku, line->sku_lot, line->quantity, line->row);
      };
      return rank(a) < rank(b);
    });
  }
  return parts;
}

// Does this part count as shipped? Not when all its parcels were undone.
bool counts(const Part& part) {
  const bool undone = part.had_parcels && part.labels.empty() && part.fulfilments.empty();
  return part.shipped && !undone;
}

// ---- the rows ----

struct Parcels {
  std::vector<const ShipmentSeen*> labels;
  std::vector<const FulfilmentSeen*> fulfilments;
};

template <class Keep>
Parcels parcels_of(const std::vector<Part>& parts, Keep keep) {
  Parcels all;
  for (const auto& part : parts) {
    if (!keep(part)) continue;
    all.labels.insert(all.labels.end(), part.labels.begin(), part.labels.end());
    all.fulfilments.insert(all.fulfilments.end(), part.fulfilments.begin(), part.fulfilments.end());
  }
  std::ranges::sort(all.labels, is_first<ShipmentSeen>);
  std::ranges::sort(all.fulfilments, is_first<FulfilmentSeen>);
  return all;
}

Day first_ship_date(const Parcels& parcels, const orders::OrderHeader& header) {
  for (const auto* label : parcels.labels) {
    if (label->ship_date) return *label->ship_date;
  }
  for (const auto* fulfilment : parcels.fulfilments) {
    if (fulfilment->ship_date) return *fulfilment->ship_date;
  }
  return header.ship_date.value_or(header.order_date);
}

ShippedOrderRow order_row(const Parcels& parcels, const HistoryInput& input) {
  const auto& header = input.order.header;
  ShippedOrderRow row;
  row.ship_date = first_ship_date(parcels, header);
  row.number = OrderNumber{std::string(orders::trimmed(header.number.value))};
  row.order = header.shipstation_order;
  row.carrier_code = header.carrier_code;
  row.carrier_id = header.carrier_id;
  row.service_code = header.service_code;
  row.service_name = header.service_name;
  if (parcels.labels.empty()) return row;
  const ShipmentSeen& first = *parcels.labels.front();
  if (const auto carrier = orders::present(first.carrier_code)) {
    // The order's carrier id belongs to the order's carrier.
    if (carrier != row.carrier_code) row.carrier_id.reset();
    row.carrier_code = carrier;
  }
  if (const auto service = orders::present(first.service_code)) {
    row.service_code = service;
    row.service_name = orders::service_name(*service);
  }
  return row;
}

using RowKey =
    std::tuple<std::optional<ShipmentId>, std::optional<ShipStationLineId>, std::string, bool>;

class Rows {
 public:
  void add(ShippedItemRow row) {
    const RowKey key{row.shipment, row.line, row.sku_lot, row.provisional};
    const auto [at, is_new] = rows_.try_emplace(key, row);
    if (!is_new) at->second.quantity += row.quantity;
  }
  std::vector<ShippedItemRow> sorted() const {
    std::vector<ShippedItemRow> all;
    for (const auto& [key, row] : rows_) all.push_back(row);
    std::ranges::sort(all);
    return all;
  }

 private:
  std::map<RowKey, ShippedItemRow> rows_;
};

struct LabelLine {
  const ShipmentSeen* label = nullptr;
  const ShipmentLineSeen* line = nullptr;
  std::optional<std::string> sku_text;
};

// Lines of live labels that name goods: without SKU or quantity there is nothing to count.
std::vector<LabelLine> label_lines(const Part& part) {
  std::vector<LabelLine> found;
  for (const auto* label : part.labels) {
    if (!label->lines) continue;
    for (const auto& line : *label->lines) {
      auto text = orders::present(line.sku_text);
      for (const auto* ours : part.lines) {
        if (text || !line.order_line || ours->line != line.order_line) continue;
        text = ours->sku_lot ? *ours->sku_lot : ours->sku.value;
      }
      if (text && line.quantity > 0) found.push_back({label, &line, text});
    }
  }
  return found;
}

// Which lines of the order the labels name. By line id; label lines without a known id speak for
// the first unnamed line with their SKU and lot, else with their SKU.
std::vector<bool> named_lines(const Part& part, const std::vector<LabelLine>& shipped,
                              const orders::KnownSkus& known) {
  std::vector<bool> named(part.lines.size(), false);
  std::vector<const LabelLine*> homeless;
  for (const auto& piece : shipped) {
    bool found = false;
    for (std::size_t i = 0; i < part.lines.size(); ++i) {
      if (!piece.line->order_line || part.lines[i]->line != piece.line->order_line) continue;
      named[i] = found = true;
    }
    if (!found) homeless.push_back(&piece);
  }
  std::ranges::sort(homeless, [](const LabelLine* a, const LabelLine* b) {
    return std::tie(*a->sku_text, a->line->quantity) < std::tie(*b->sku_text, b->line->quantity);
  });
  const auto parse = [&](const LocalLine& line) {
    return orders::parse_sku_text(line.sku_lot.value_or(line.sku.value), known);
  };
  const auto claim = [&](auto same) {
    std::erase_if(homeless, [&](const LabelLine* piece) {
      const auto sku = orders::parse_sku_text(*piece->sku_text, known);
      for (std::size_t i = 0; i < part.lines.size(); ++i) {
        if (named[i] || !same(parse(*part.lines[i]), sku)) continue;
        named[i] = true;
        return true;
      }
      return false;
    });
  };
  claim([](const auto& ours, const auto& theirs) { return ours == theirs; });
  claim([](const auto& ours, const auto& theirs) { return ours.base == theirs.base; });
  return named;
}

void add_label_rows(Rows& rows, const std::vector<LabelLine>& shipped, const ShippedOrderRow& order,
                    const orders::KnownSkus& known) {
  for (const auto& piece : shipped) {
    const auto sku = orders::parse_sku_text(*piece.sku_text, known);
    rows.add({.ship_date = piece.label->ship_date.value_or(order.ship_date),
              .sku_lot = to_text(sku),
              .base_sku = sku.base,
              .quantity = piece.line->quantity,
              .number = order.number,
              .tracking = orders::present(piece.label->tracking),
              .shipment = piece.label->id,
              .line = piece.line->order_line,
              .provisional = false});
  }
}

// The parcel an unnamed line most likely went with: a label whose lines were not read, else a
// fulfilment, which never has lines.
ShippedItemRow provisional_form(const Part& part, const ShippedOrderRow& order) {
  ShippedItemRow form;
  form.ship_date = order.ship_date;
  form.number = order.number;
  form.provisional = true;
  for (const auto* label : part.labels) {
    if (label->lines && !label->lines->empty()) continue;
    form.ship_date = label->ship_date.value_or(order.ship_date);
    form.tracking = orders::present(label->tracking);
    form.shipment = label->id;
    return form;
  }
  if (!part.fulfilments.empty()) {
    const auto& fulfilment = *part.fulfilments.front();
    form.ship_date = fulfilment.ship_date.value_or(order.ship_date);
    form.tracking = orders::present(fulfilment.tracking);
  }
  return form;
}

void add_part(Rows& rows, const Part& part, const ShippedOrderRow& order,
              const orders::KnownSkus& known) {
  const auto shipped = label_lines(part);
  add_label_rows(rows, shipped, order, known);
  const auto named = named_lines(part, shipped, known);
  for (std::size_t i = 0; i < part.lines.size(); ++i) {
    const LocalLine& line = *part.lines[i];
    if (named[i] || line.quantity <= 0) continue;
    const auto sku = orders::parse_sku_text(line.sku_lot.value_or(line.sku.value), known);
    ShippedItemRow row = provisional_form(part, order);
    row.sku_lot = to_text(sku);
    row.base_sku = sku.base;
    row.quantity = line.quantity;
    row.line = line.line;
    rows.add(std::move(row));
  }
}

std::vector<std::string> find_notes(const std::vector<ShippedItemRow>& rows,
                                    const std::vector<LocalLine>& lines) {
  std::vector<std::string> notes;
  for (const auto& line : lines) {
    std::int64_t shipped = 0;
    for (const auto& row : rows) {
      if (line.line && row.line == line.line) shipped += row.quantity;
    }
    if (shipped != 0 && shipped != line.quantity) {
      notes.push_back(
          fmt::format("{}: {} shipped, {} ordered", line.sku.value, shipped, line.quantity));
    }
  }
  std::ranges::sort(notes);
  return notes;
}

std::optional<std::vector<std::string>> find_tracking(const std::vector<Part>& parts) {
  const bool any = std::ranges::any_of(parts, [](const Part& part) { return part.had_parcels; });
  if (!any) return std::nullopt;
  std::vector<std::string> numbers;
  const auto add = [&](const std::optional<std::string>& text) {
    const auto number = orders::present(text);
    if (number && std::ranges::find(numbers, *number) == numbers.end()) {
      numbers.push_back(*number);
    }
  };
  const auto parcels = parcels_of(parts, [](const Part&) { return true; });
  for (const auto* label : parcels.labels) add(label->tracking);
  for (const auto* fulfilment : parcels.fulfilments) add(fulfilment->tracking);
  return numbers;
}

}  // namespace

History derive_history(const HistoryInput& input) {
  const auto parts = sort_out(input);
  History history;
  history.tracking = find_tracking(parts);
  if (std::ranges::none_of(parts, counts)) return history;

  ShippedOrderRow order = order_row(parcels_of(parts, counts), input);
  Rows rows;
  for (const auto& part : parts) {
    if (counts(part)) add_part(rows, part, order, input.known_skus);
  }
  history.items = rows.sorted();
  for (const auto& row : history.items) {
    order.total_items += row.quantity;
    history.provisional = history.provisional || row.provisional;
  }
  history.order = std::move(order);
  history.notes = find_notes(history.items, input.order.lines);
  return history;
}

std::string tracking_text(const std::vector<std::string>& numbers) {
  std::string text;
  for (const auto& number : numbers) text += (text.empty() ? "" : ", ") + number;
  return text;
}

}  // namespace tallyman::shipments
