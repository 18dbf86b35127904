#include "adapters/book/live_events.h"

#include "adapters/book/sql/live_events.h"
#include "ports/statements.h"

namespace tallyman::book {

void publish(ports::Tx& tx, std::string_view kind, std::string_view data) {
  ports::execute<sql::PublishEvent>(tx, {.now_us = tx.now(), .kind = kind, .data = data});
}

}  // namespace tallyman::book
