#include "adapters/book/leases.h"

#include "adapters/book/sql/locks.h"
#include "ports/statements.h"

namespace tallyman::book {

std::optional<Lease> take_lease(ports::Tx& tx, const std::string& name, const std::string& holder,
                                const RunId& run, Micros length) {
  const auto row = ports::select_one<sql::TakeLease>(tx, {.lock_name = name,
                                                          .holder = holder,
                                                          .run_id = run.value,
                                                          .now_us = tx.now(),
                                                          .expires_us = tx.now() + length});
  if (!row) return std::nullopt;
  return Lease{.name = name, .run = run, .token = row->token};
}

bool fence(ports::Tx& tx, const Lease& lease, Micros length) {
  return ports::execute<sql::FenceLease>(tx, {.lock_name = lease.name,
                                              .token = lease.token,
                                              .run_id = lease.run.value,
                                              .now_us = tx.now(),
                                              .expires_us = tx.now() + length}) == 1;
}

void release(ports::Tx& tx, const Lease& lease) {
  ports::execute<sql::ReleaseLease>(
      tx, {.lock_name = lease.name, .token = lease.token, .run_id = lease.run.value});
}

std::optional<LeaseHolder> find_lease(ports::Tx& tx, const std::string& name) {
  const auto row = ports::select_one<sql::FindLease>(tx, {.lock_name = name});
  if (!row || row->expires_us < tx.now()) return std::nullopt;
  return LeaseHolder{.holder = row->holder.substr(0, row->holder.find(" #")),
                     .run = RunId{row->run_id},
                     .expires = row->expires_us,
                     .identity = row->holder,
                     .token = row->token};
}

}  // namespace tallyman::book
