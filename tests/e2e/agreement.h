// Whether the order book says what the sandbox knows to be true. All answers are sentences for a
// person; none means that all is well.
#pragma once

#include <string>
#include <vector>

#include "tests/e2e/world.h"

namespace tallyman::tests {

using Findings = std::vector<std::string>;

// Status, items by line and shipped units of every order that is ours: after a full run.
Findings differences(const World& world);

// What must hold at every moment, whatever was killed: every order that changed up to the watermark
// is in the book with that change.
Findings broken_promises(const World& world);

// Events, items and shipped items that were written twice.
Findings duplicates(const Book& book);

}  // namespace tallyman::tests
