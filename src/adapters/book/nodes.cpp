#include "adapters/book/nodes.h"

#include <algorithm>
#include <map>
#include <utility>

#include "adapters/book/sql/nodes.h"
#include "ports/statements.h"

namespace tallyman::book {

namespace {

std::string name_of(const std::string& holder) { return holder.substr(0, holder.find(" #")); }

// Kinds have no comma in them (engine::Worker sees to that).
std::string joined(const std::vector<std::string>& kinds) {
  std::string text;
  for (const auto& kind : kinds) text += (text.empty() ? "" : ",") + kind;
  return text;
}

std::vector<std::string> split(const std::string& text) {
  std::vector<std::string> kinds;
  for (std::size_t from = 0; from < text.size();) {
    const std::size_t comma = std::min(text.find(',', from), text.size());
    kinds.push_back(text.substr(from, comma - from));
    from = comma + 1;
  }
  return kinds;
}

}  // namespace

void beat_node(ports::Tx& tx, const NodeSelf& node) {
  const auto& setup = node.setup;
  const auto kinds = joined(setup.kinds);
  ports::execute<sql::BeatNode>(tx, {.node_id = node.id,
                                     .holder = node.holder,
                                     .version = node.version,
                                     .kinds = kinds,
                                     .mail_from = setup.mail_from,
                                     .page_url = setup.page_url,
                                     .now_us = tx.now()});
  for (const auto& one : setup.partners) {
    ports::execute<sql::NoteNodePartner>(tx, {.node_id = node.id,
                                              .partner = one.partner,
                                              .credentials = one.credentials,
                                              .fingerprint = one.fingerprint});
  }
}

std::vector<SetUpNode> list_set_up(ports::Tx& tx, Micros fresh) {
  const Instant since = tx.now() - fresh;
  std::vector<SetUpNode> nodes;
  std::map<std::string, std::size_t, std::less<>> places;
  for (auto& row : ports::select<sql::ListSetUp>(tx, {.since_us = since})) {
    places.emplace(row.node_id, nodes.size());
    nodes.push_back({.name = name_of(row.holder),
                     .setup = {.kinds = split(row.kinds),
                               .partners = {},
                               .mail_from = std::move(row.mail_from),
                               .page_url = std::move(row.page_url)}});
  }
  for (auto& row : ports::select<sql::ListNodePartners>(tx, {.since_us = since})) {
    const auto place = places.find(row.node_id);
    if (place == places.end()) continue;
    nodes[place->second].setup.partners.push_back({.partner = std::move(row.partner),
                                                   .credentials = std::move(row.credentials),
                                                   .fingerprint = std::move(row.fingerprint)});
  }
  return nodes;
}

bool has_living_key(ports::Tx& tx, std::string_view partner, std::string_view fingerprint,
                    Micros fresh) {
  return ports::select_one<sql::LivingKey>(
             tx, {.partner = partner, .fingerprint = fingerprint, .since_us = tx.now() - fresh})
      .has_value();
}

void stop_node(ports::Tx& tx, const std::string& id) {
  ports::execute<sql::StopNode>(tx, {.node_id = id, .now_us = tx.now()});
}

bool has_living_credentials(ports::Tx& tx, std::string_view partner, Micros fresh) {
  return ports::select_one<sql::LivingCredentials>(
             tx, {.partner = partner, .since_us = tx.now() - fresh})
      .has_value();
}

std::vector<Node> list_nodes(ports::Tx& tx) {
  std::vector<Node> nodes;
  for (auto& row : ports::select<sql::ListNodes>(tx, {})) {
    nodes.push_back({.id = std::move(row.node_id),
                     .holder = name_of(row.holder),
                     .identity = row.holder,
                     .version = std::move(row.version),
                     .started = row.started_us,
                     .heartbeat = row.heartbeat_us,
                     .stopped = row.stopped_us,
                     .running = row.running});
  }
  return nodes;
}

std::vector<LivingNode> list_living_nodes(ports::Tx& tx) {
  std::vector<LivingNode> nodes;
  for (auto& row : ports::select<sql::ListLivingNodes>(tx, {})) {
    nodes.push_back({.id = std::move(row.node_id), .identity = std::move(row.holder)});
  }
  return nodes;
}

}  // namespace tallyman::book
