// The programs that do the work, one row each.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "domain/base/time.h"
#include "ports/database.h"

namespace tallyman::book {

// What a node has of a partner. Its key is never written down.
struct NodePartner {
  std::string partner;           // "shipstation"
  std::string credentials;       // "none", "incomplete", "complete"
  std::string fingerprint = {};  // of the key: tells keys apart
  friend bool operator==(const NodePartner&, const NodePartner&) = default;
};

// What a node can do: all of them judge the installation by what the living ones have.
struct NodeSetup {
  std::vector<std::string> kinds{};  // of jobs
  std::vector<NodePartner> partners{};
  std::string mail_from{};  // an address; empty: no mail leaves this node
  std::string page_url{};   // of the links in mails
};

struct NodeSelf {
  std::string id;      // random, of this start of the program
  std::string holder;  // timing::process_identity(): which process that is
  std::string version;
  NodeSetup setup{};
};
// Also the first sign of life, with what the node has set up. Brings back a node that others took
// for stopped.
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

struct SetUpNode {
  std::string name{};  // for people
  NodeSetup setup{};
};
// Heard of within `fresh` and not stopped; the oldest first.
std::vector<SetUpNode> list_set_up(ports::Tx& tx, Micros fresh);
// Does such a node have this key?
bool has_living_key(ports::Tx& tx, std::string_view partner, std::string_view fingerprint,
                    Micros fresh);

// Does one have all credentials of this partner, whichever they are?
bool has_living_credentials(ports::Tx& tx, std::string_view partner, Micros fresh);

struct LivingNode {
  std::string id{};
  std::string identity{};
};
// Not stopped, as far as the database knows, or still with a job.
std::vector<LivingNode> list_living_nodes(ports::Tx& tx);

}  // namespace tallyman::book
