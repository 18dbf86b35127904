// Switches of workflows (workflow_controls), also changed by plain SQL.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "domain/base/time.h"
#include "ports/database.h"

namespace tallyman::book {

// Absent rows count as switched off: nothing runs that nobody knows (fail closed).
bool is_enabled(ports::Tx& tx, std::string_view workflow);
// The same, and nobody switches it before this transaction has ended.
bool hold_enabled(ports::Tx& tx, std::string_view workflow);
void note_run_of(ports::Tx& tx, std::string_view workflow);

struct Control {
  std::string workflow;
  bool enabled = false;
  std::string description;
  std::string reason;              // why it is off; empty when it is on
  std::optional<Instant> changed;  // none: not known
  std::string changed_by;          // "user:ana", "plain SQL", "system"
  bool is_seen = true;             // false: switched by plain SQL, and not noted yet
};
std::vector<Control> list_controls(ports::Tx& tx);  // by name

struct NewControl {
  std::string_view workflow;
  std::string_view description;
};
// Makes the rows that are absent: on, or off when the workflow has been known before. What is there
// stays as it is.
void add_controls(ports::Tx& tx, std::span<const NewControl> controls);

enum class Turn { on, off };
// Writes the switch, audit and live event. False: there is no such row. Switching off asks for a
// reason; switching on forgets it.
bool turn(ports::Tx& tx, std::string_view workflow, Turn to, std::string_view who,
          std::string_view reason);

// The hint for pages that show workflows.
void publish_workflow_changed(ports::Tx& tx, std::string_view workflow);

// Writes down who it was when somebody switched by plain SQL. Answers how many.
std::int64_t note_switches_by_sql(ports::Tx& tx);

}  // namespace tallyman::book
