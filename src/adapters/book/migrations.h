// The steps that build the book's schema, embedded from migrations/{sqlite,postgres}/NNNN_words.sql
// by cmake/migrations.cmake. Applied by adapters/database/migrations.h.
#pragma once

#include <span>

#include "ports/database.h"

namespace tallyman::book {

// Ascending from 1 without a gap.
std::span<const ports::Migration> migrations(ports::Dialect dialect);

}  // namespace tallyman::book
