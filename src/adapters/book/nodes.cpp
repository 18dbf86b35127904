#include "adapters/book/nodes.h"

#include <utility>

#include "adapters/book/sql/nodes.h"
#include "ports/statements.h"

namespace tallyman::book {

void beat_node(ports::Tx& tx, const NodeSelf& node) {
  ports::execute<sql::BeatNode>(
      tx, {.node_id = node.id, .holder = node.holder, .version = node.version, .now_us = tx.now()});
}

void stop_node(ports::Tx& tx, const std::string& id) {
  ports::execute<sql::StopNode>(tx, {.node_id = id, .now_us = tx.now()});
}

std::vector<Node> list_nodes(ports::Tx& tx) {
  std::vector<Node> nodes;
  for (auto& row : ports::select<sql::ListNodes>(tx, {})) {
    nodes.push_back({.id = std::move(row.node_id),
                     .holder = row.holder.substr(0, row.holder.find(" #")),
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
