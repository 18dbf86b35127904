#include "adapters/book/hints.h"

#include "adapters/book/sql/hints.h"
#include "ports/statements.h"

namespace tallyman::book {

void tell_of_work(ports::Tx& tx, std::string_view node_id) {
  ports::select<sql::TellOfWork>(tx, {.channel = kWorkChannel, .node_id = node_id});
}

}  // namespace tallyman::book
