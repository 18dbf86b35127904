// Tells the other programs on the order book that there may be work (PostgreSQL's NOTIFY). On
// SQLite one program alone uses the file: nobody is told.
#pragma once

#include <string_view>

#include "ports/database.h"

namespace tallyman::book {

// Heard by the programs on the same database; other databases of the server have their own.
inline constexpr std::string_view kWorkChannel = "tallyman_work";

// In a short transaction of its own: at its commit PostgreSQL takes a lock of the whole server.
// `node_id`: so that who tells does not listen to itself.
void tell_of_work(ports::Tx& tx, std::string_view node_id);

}  // namespace tallyman::book
