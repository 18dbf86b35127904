#include "api/door_state.h"

#include <utility>

#include <boost/json.hpp>

#include "adapters/book/audit.h"
#include "ports/statements.h"

namespace tallyman::api {

namespace {

namespace json = boost::json;

constexpr std::size_t kRowsAnHour = 200;
constexpr Micros kHour = std::chrono::hours{1};

Refused everything_else() {
  return {.action = "request.refused", .who = "nobody", .subject = "more", .address = "many"};
}

std::string detail_of(const Refusals::Row& row) {
  json::object detail{{"address", row.refused.address}};
  if (row.refused.status != 0) detail["status"] = row.refused.status;
  if (row.count > 1) detail["count"] = row.count;
  return json::serialize(detail);
}

}  // namespace

Places::Place::Place(Places& of) : of_(of) {
  int free = of_.free_.load();
  while (free > 0 && !is_taken_) is_taken_ = of_.free_.compare_exchange_weak(free, free - 1);
}

Places::Place::~Place() {
  if (is_taken_) ++of_.free_;
}

// A new hour tells what the last one only counted. A clock that was set back begins one as well.
void Refusals::begin_hour(Instant now) {
  if (now >= hour_ && now - hour_ < kHour) return;
  hour_ = now;
  rows_ = 0;
  for (const auto& [refused, since] : std::exchange(told_, {})) {
    if (since > 0) due_.push_back({.refused = refused, .count = since});
  }
  if (beyond_ > 0) due_.push_back({.refused = everything_else(), .count = beyond_});
  beyond_ = 0;
}

void Refusals::note(Refused refused, Kind kind, Instant now) {
  const std::lock_guard lock(mutex_);
  begin_hour(now);
  if (kind == Kind::once_an_hour) {
    if (const auto told = told_.find(refused); told != told_.end()) {
      ++told->second;
      return;
    }
  }
  if (rows_ >= kRowsAnHour) {
    ++beyond_;
    return;
  }
  ++rows_;
  if (kind == Kind::once_an_hour) told_.emplace(refused, 0);
  due_.push_back({.refused = std::move(refused), .count = 1});
}

void Refusals::put_back(std::vector<Row> rows) {
  const std::lock_guard lock(mutex_);
  for (auto& row : rows) {
    if (due_.size() < kRowsAnHour) {
      due_.push_back(std::move(row));
    } else {
      beyond_ += row.count;
    }
  }
}

std::vector<Refusals::Row> Refusals::take() {
  const std::lock_guard lock(mutex_);
  return std::exchange(due_, {});
}

void write_refusals(ports::Database& database, DoorState& state) {
  const Places::Place place(state.asides);
  if (!place) return;  // who has it comes by again, or the next refusal does
  auto rows = state.refusals.take();
  if (rows.empty()) return;
  try {
    ports::transact(database, ports::TxMode::write, [&](ports::Tx& tx) {
      for (const auto& row : rows) {
        const std::string detail = detail_of(row);
        book::audit(tx, {.who = row.refused.who,
                         .action = row.refused.action,
                         .subject = row.refused.subject,
                         .detail = detail});
      }
    });
  } catch (const ports::DbFailure&) {
    state.refusals.put_back(std::move(rows));  // the next refusal tries again
  }
}

}  // namespace tallyman::api
