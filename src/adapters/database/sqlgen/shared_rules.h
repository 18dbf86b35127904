// What may not stand in text meant for both databases, because it means something else or nothing
// on one of them, or because time belongs to Tx::now().
#pragma once

#include <span>

#include "adapters/database/sqlgen/lexer.h"

namespace tallyman::sqlgen {

// Throws Mistake naming the construct and what to write instead.
void check_shared(std::span<const Token> tokens);

}  // namespace tallyman::sqlgen
