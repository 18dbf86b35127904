#include "adapters/book/pass_state.h"

#include <boost/json.hpp>

namespace tallyman::book {

namespace {

namespace json = boost::json;

constexpr std::int64_t kForm = 1;  // changes when the text's form does

json::value us(const std::optional<Instant>& at) {
  return at ? json::value(to_micros(*at)) : json::value(nullptr);
}

std::optional<Instant> instant_of(const json::value& value) {
  if (value.is_null()) return std::nullopt;
  return from_micros(value.as_int64());
}

json::object to_object(const sync::RowFact& row) {
  return {{"id", row.id ? json::value(*row.id) : json::value(nullptr)},
          {"stamp", us(row.stamp)},
          {"fingerprint", std::to_string(row.fingerprint)}};
}

sync::RowFact row_of(const json::value& value) {
  const auto& object = value.as_object();
  sync::RowFact row;
  if (!object.at("id").is_null()) row.id = object.at("id").as_int64();
  row.stamp = instant_of(object.at("stamp"));
  row.fingerprint = std::stoull(std::string(object.at("fingerprint").as_string()));
  return row;
}

json::value neighbour(const std::optional<sync::RowFact>& row) {
  return row ? json::value(to_object(*row)) : json::value(nullptr);
}

std::optional<sync::RowFact> neighbour_of(const json::value& value) {
  if (value.is_null()) return std::nullopt;
  return row_of(value);
}

json::object to_object(const sync::Hole& hole) {
  return {{"key", hole.key},
          {"from", to_micros(hole.from)},
          {"to", to_micros(hole.to)},
          {"position", hole.position},
          {"listed", hole.listed},
          {"rows", hole.rows},
          {"before", neighbour(hole.before)},
          {"after", neighbour(hole.after)}};
}

sync::Hole hole_of(const json::value& value) {
  const auto& object = value.as_object();
  sync::Hole hole;
  hole.key = std::string(object.at("key").as_string());
  hole.from = from_micros(object.at("from").as_int64());
  hole.to = from_micros(object.at("to").as_int64());
  hole.position = object.at("position").as_int64();
  hole.listed = object.at("listed").as_int64();
  hole.rows = object.at("rows").as_int64();
  hole.before = neighbour_of(object.at("before"));
  hole.after = neighbour_of(object.at("after"));
  return hole;
}

json::object to_object(const sync::Checkpoint& checkpoint) {
  json::array border;
  for (const auto& row : checkpoint.border) border.push_back(to_object(row));
  json::array holes;
  for (const auto& hole : checkpoint.holes) holes.push_back(to_object(hole));
  return {{"lo", to_micros(checkpoint.lo)},
          {"hi", to_micros(checkpoint.hi)},
          {"anchor", to_micros(checkpoint.anchor)},
          {"largest_total", checkpoint.largest_total},
          {"received", checkpoint.received},
          {"received_within", checkpoint.received_within},
          {"border", std::move(border)},
          {"holes", std::move(holes)}};
}

sync::Checkpoint checkpoint_of(const json::object& object) {
  sync::Checkpoint checkpoint;
  checkpoint.lo = from_micros(object.at("lo").as_int64());
  checkpoint.hi = from_micros(object.at("hi").as_int64());
  checkpoint.anchor = from_micros(object.at("anchor").as_int64());
  checkpoint.largest_total = object.at("largest_total").as_int64();
  checkpoint.received = object.at("received").as_int64();
  checkpoint.received_within = object.at("received_within").as_int64();
  for (const auto& row : object.at("border").as_array()) checkpoint.border.push_back(row_of(row));
  for (const auto& hole : object.at("holes").as_array()) checkpoint.holes.push_back(hole_of(hole));
  return checkpoint;
}

PassState state_of(const json::object& object) {
  PassState state;
  state.checkpoint = checkpoint_of(object.at("checkpoint").as_object());
  state.counts.applied = object.at("applied").as_int64();
  state.counts.unchanged = object.at("unchanged").as_int64();
  for (const auto& [reason, count] : object.at("skipped").as_object()) {
    state.counts.skipped[std::string(reason)] = count.as_int64();
  }
  state.counts.quarantined = object.at("quarantined").as_int64();
  state.counts.deferred = object.at("deferred").as_int64();
  state.imported = object.at("imported").as_int64();
  state.updated = object.at("updated").as_int64();
  state.newly_shipped = object.at("newly_shipped").as_int64();
  state.reopened = object.at("reopened").as_int64();
  state.newest_disposed = instant_of(object.at("newest_disposed"));
  return state;
}

}  // namespace

std::string to_json(const PassState& state) {
  json::object skipped;
  for (const auto& [reason, count] : state.counts.skipped) skipped[reason] = count;
  return json::serialize(json::object{{"form", kForm},
                                      {"checkpoint", to_object(state.checkpoint)},
                                      {"applied", state.counts.applied},
                                      {"unchanged", state.counts.unchanged},
                                      {"skipped", std::move(skipped)},
                                      {"quarantined", state.counts.quarantined},
                                      {"deferred", state.counts.deferred},
                                      {"imported", state.imported},
                                      {"updated", state.updated},
                                      {"newly_shipped", state.newly_shipped},
                                      {"reopened", state.reopened},
                                      {"newest_disposed", us(state.newest_disposed)}});
}

Result<PassState> pass_state_from_json(std::string_view text) {
  try {
    const json::value value = json::parse(text);
    const auto& object = value.as_object();
    if (object.at("form").as_int64() != kForm) return problem("it has another form");
    return state_of(object);
  } catch (const std::exception& damaged) {
    return problem(std::string("it cannot be read: ") + damaged.what());
  }
}

std::string stamp_facts(Instant stamp) {
  return json::serialize(json::object{{"stamp_us", to_micros(stamp)}});
}

std::optional<Instant> stamp_from_facts(std::string_view facts) {
  json::error_code error;
  const json::value value = json::parse(facts, error);
  if (error || !value.is_object()) return std::nullopt;
  const auto* stamp = value.get_object().if_contains("stamp_us");
  if (stamp == nullptr || !stamp->is_int64()) return std::nullopt;
  return from_micros(stamp->get_int64());
}

std::string to_json(const sync::Hole& hole) { return json::serialize(to_object(hole)); }

Result<sync::Hole> hole_from_json(std::string_view text) {
  try {
    return hole_of(json::parse(text));
  } catch (const std::exception& damaged) {
    return problem(std::string("the facts of a hole cannot be read: ") + damaged.what());
  }
}

}  // namespace tallyman::book
