// The programs that do the work, one row each.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "domain/base/time.h"
#include "ports/database.h"

namespace tallyman::book {

struct NodeSelf {
  std::string id;      // random, of this start of the program
  std::string holder;  // timing::process_identity(): which process that is
  std::string version;
};
// Also the first sign of life. Brings back a node that others took for stopped.
void beat_node(ports::Tx& tx, const NodeSelf& node);
void stop_node(ports::Tx& tx, const std::string& id);

struct Node {
  std::string id{};
  std::string holder{};    // for people: "web1, process 4711"
  std::string identity{};  // the whole of it, see timing::is_gone
  std::string version{};
  Instant started{};
  Instant heartbeat{};
  std::optional<Instant> stopped{};
  std::int64_t running = 0;  // jobs
};
// Newest first.
std::vector<Node> list_nodes(ports::Tx& tx);

struct LivingNode {
  std::string id{};
  std::string identity{};
};
// Not stopped, as far as the database knows, or still with a job.
std::vector<LivingNode> list_living_nodes(ports::Tx& tx);

}  // namespace tallyman::book
