// The orders list: read what changed since the watermark, apply it, move the watermark. Small
// passes in one transaction, large ones in slices with a checkpoint (design §4, atomicity).
#include <fmt/format.h>

#include <algorithm>
#include <unordered_map>

#include "adapters/book/pass_state.h"
#include "adapters/book/quarantine.h"
#include "adapters/book/watermarks.h"
#include "domain/orders/content.h"
#include "domain/sync/breaker.h"
#include "domain/sync/reader.h"
#include "domain/sync/slices.h"
#include "domain/sync/streams.h"
#include "domain/sync/watermark.h"
#include "ports/statements.h"
#include "workflows/shipstation_sync/listing.h"
#include "workflows/shipstation_sync/run.h"

namespace tallyman::workflows {

namespace {

constexpr std::int64_t kHolesKnown = 1'000;

// What the book knows before the pass begins.
struct Known {
  std::optional<book::StoredWatermark> stored;
  std::optional<book::Checkpoint> checkpoint;
  std::vector<sync::KnownHole> holes;
};

Known load_known(RunState& run) {
  return ports::transact(run.parts.database, ports::TxMode::read, [&](ports::Tx& tx) {
    const AccountId account = run.settings.account;
    const std::string name = watermark_name(sync::Stream::orders);
    Known known{.stored = book::find_watermark(tx, account, name),
                .checkpoint = book::find_checkpoint(tx, account, name),
                .holes = {}};
    for (const auto& row : book::list_open_quarantine(tx, account, kHolesKnown)) {
      if (row.entity != book::word(book::Entity::hole)) continue;
      if (auto hole = book::hole_from_json(row.facts)) {
        known.holes.push_back({.hole = std::move(*hole), .probe = sync::Probe::due});
      }
    }
    return known;
  });
}

class OrdersPass {
 public:
  explicit OrdersPass(RunState& run) : run_(run), reading_(run.settings.reading) {}

  void operator()() {
    begin();
    while (const auto ask = reader_->next()) fetch(*ask);
    if (reader_->outcome() == sync::Outcome::broken) broken();
    finish();
  }

 private:
  void begin() {
    const Known known = load_known(run_);
    const Instant now = run_.parts.clock.now();
    watermark_ = sync::load_watermark(stored_form(known.stored), now, run_.settings.seed_days);
    if (!watermark_.warning.empty()) run_.warn(watermark_.warning);
    run_.numbers.watermark_before = watermark_.at;
    run_.numbers.watermark_after = watermark_.at;
    holes_ = known.holes;
    sync::Start start = start_at(now);
    if (known.checkpoint && resume(*known.checkpoint, start)) return;
    from_ = start.from;
    reader_.emplace(run_.settings.reading, std::move(start));
  }

  sync::Start start_at(Instant now) {
    sync::Start start;
    start.from = sync::lower_bound(watermark_.at, watermark_.read_until, now,
                                   run_.settings.shipstation_zone, reading_);
    start.now = now;
    start.repeated_hour = run_.settings.shipstation_zone.repeated_hour(start.from, now);
    stamps_may_go_back_ =
        start.repeated_hour ? start.repeated_hour->second - start.repeated_hour->first : Micros{0};
    batch_.stamps_may_go_back = stamps_may_go_back_;
    start.holes = holes_;
    return start;
  }

  // Our clock may differ from ShipStation's, so only its first answer tells a watermark that lies
  // ahead. Reading on from there would never look at what changes until then.
  bool begins_in_the_future() const { return from_ && reader_->hi() && *from_ > *reader_->hi(); }

  void begin_again() {
    const Instant now = run_.parts.clock.now();
    watermark_ = sync::seeded(*reader_->hi(), run_.settings.seed_days, "lies in the future");
    run_.warn(watermark_.warning);
    sync::Start start = start_at(now);
    from_ = start.from;
    reader_.emplace(run_.settings.reading, std::move(start));
  }

  // Goes on where an interrupted pass stood.
  bool resume(const book::Checkpoint& stored, const sync::Start& start) {
    auto state = book::pass_state_from_json(stored.state);
    if (!state) {
      run_.warn("The checkpoint of an unfinished pass is ignored: " + state.error().what);
      return false;
    }
    if (start.from < state->checkpoint.lo) {
      run_.warn("The watermark was set back: reading begins there, not where the last pass stood.");
      return false;
    }
    shape_ = sync::Shape::slices;
    run_.applied.counts = state->counts;
    run_.applied.imported = state->imported;
    run_.applied.updated = state->updated;
    run_.applied.newly_shipped = state->newly_shipped;
    run_.applied.reopened = state->reopened;
    run_.applied.newest_disposed = state->newest_disposed;
    checkpoint_ = state->checkpoint;
    reader_.emplace(run_.settings.reading, start, std::move(state->checkpoint));
    return true;
  }

  void fetch(const sync::Ask& ask) {
    const ports::OrderQuery query{.modified = {.from = ask.from, .to = ask.to},
                                  .created = {},
                                  .number = std::nullopt,
                                  .status = std::nullopt,
                                  .page = ask.page,
                                  .page_size = ask.page_size};
    auto page = run_.caller.read(ask.purpose, [&](std::stop_token stop) {
      return run_.parts.shipstation.orders(query, std::move(stop));
    });
    if (!page) {
      if (!is_refusal(page.error())) {
        fail_run("Reading orders from ShipStation", page.error(), kNothingMoved);
      }
      reader_->refused();
      return;
    }
    if (begins_again_for_skew(*page)) return;
    const auto rows = facts_of(*page, [](const auto& seen) { return seen.modified; });
    const auto kept = reader_->answered({.rows = rows,
                                         .total = page->total,
                                         .served_at = page->served_at,
                                         .dropped = page->dropped});
    if (begins_in_the_future()) return begin_again();
    if (!shape_) shape_ = sync::shape_of_pass(page->total, run_.settings.slices);
    for (const auto& row : kept) keep(std::move(page->rows[row.index]), row.novelty);
    if (auto checkpoint = reader_->checkpoint()) checkpoint_ = std::move(checkpoint);
    fetched_ += static_cast<std::int64_t>(kept.size());
    total_ = std::max(total_, page->total);
    if (reader_->outcome() == sync::Outcome::reading) {
      run_.progress("Reading orders", fetched_, total_);
      apply_slice_when_due();
    }
  }

  // Compares the clocks at the first answer. Where they differ enough to widen the overlap, the
  // pass begins once more from the lower bound that follows.
  bool begins_again_for_skew(const ports::OrderPage& page) {
    if (!page.served_at || skew_) return false;
    const Instant now = run_.parts.clock.now();
    skew_ = sync::judge_skew(*page.served_at, now);
    if (skew_->verdict == sync::SkewVerdict::fine) return false;
    run_.warn(skew_->because);
    if (skew_->verdict != sync::SkewVerdict::widen || !from_) return false;
    reading_ = sync::widened(run_.settings.reading, *skew_);
    sync::Start start = start_at(now);
    from_ = start.from;
    reader_.emplace(reading_, std::move(start));
    return true;
  }

  void keep(std::variant<ports::Document<orders::OrderSeen>, ports::Unreadable> row,
            sync::Novelty novelty) {
    if (auto* unreadable = std::get_if<ports::Unreadable>(&row)) {
      batch_.unreadable.push_back(std::move(*unreadable));
      return;
    }
    OrderDocument document{.document = std::move(std::get<0>(row)),
                           .content_hash = {},
                           .evidence = orders::Evidence::list_row,
                           .counted = Counted::now};
    document.content_hash = orders::content_hash(document.document.seen);
    const std::int64_t id = document.document.seen.id.value;
    const auto [place, fresh] = place_.try_emplace(id, batch_.readable.size());
    if (!fresh) {  // the same order again, newer: the latest wins
      document.counted = batch_.readable[place->second].counted;
      batch_.readable[place->second] = std::move(document);
      return;
    }
    if (novelty == sync::Novelty::newer) document.counted = Counted::before;
    batch_.readable.push_back(std::move(document));
  }

  void apply_slice_when_due() {
    const auto waiting =
        static_cast<std::int64_t>(batch_.readable.size() + batch_.unreadable.size());
    const auto now = sync::slice_now(shape_.value_or(sync::Shape::one_transaction), waiting,
                                     run_.settings.reading.page_size, run_.settings.slices);
    // Without a checkpoint the slice waits: it could not be resumed behind it.
    if (now == sync::SliceNow::no || !reader_->checkpoint()) return;
    OrdersApplied sum;
    run_.transact([&](ports::Tx& tx) {
      sum = apply(tx);
      book::PassState state{.checkpoint = *checkpoint_,
                            .counts = sum.counts,
                            .imported = sum.imported,
                            .updated = sum.updated,
                            .newly_shipped = sum.newly_shipped,
                            .reopened = sum.reopened,
                            .newest_disposed = sum.newest_disposed};
      book::put_checkpoint(tx, run_.settings.account, watermark_name(sync::Stream::orders), run_.id,
                           book::to_json(state));
    });
    run_.applied = std::move(sum);
    batch_ = {};
    batch_.stamps_may_go_back = stamps_may_go_back_;
    place_.clear();
  }

  // Applies the batch in hand; answers the sum with all slices before it.
  OrdersApplied apply(ports::Tx& tx) {
    OrdersApplied slice = apply_orders(tx, run_.id, run_.settings, batch_);
    const auto systemic = sync::systemic(
        {.batch = static_cast<std::int64_t>(batch_.readable.size() + batch_.unreadable.size()),
         .by_class = slice.quarantined_by_class},
        run_.settings.quarantine);
    if (systemic) throw RunFailed(*systemic + ". The watermark has not moved.", std::nullopt);
    OrdersApplied sum = run_.applied;
    sum += slice;
    if (slice.newly_shipped + slice.reopened > 0) mark_streams_due(tx, run_.settings);
    return sum;
  }

  void broken() {
    const auto& reason = *reader_->broken();
    const auto kind = reason.trouble == sync::Trouble::outage
                          ? std::optional(ports::CallError::server_error)
                          : std::nullopt;
    throw RunFailed(
        "Reading orders from ShipStation: " + reason.what + ". The watermark has not moved.", kind);
  }

  void finish() {
    const sync::ReadTally tally = reader_->tally();
    OrdersApplied sum;
    sync::Proof proof;
    run_.transact([&](ports::Tx& tx) {
      sum = apply(tx);
      record_holes(tx);
      for (std::int64_t i = 0; i < tally.in_holes; ++i) {
        sum.counts.add(sync::Disposition::quarantined);
      }
      proof = sync::prove(tally, sum.counts);
      book::drop_checkpoint(tx, run_.settings.account, watermark_name(sync::Stream::orders));
      if (may_advance(proof)) advance(tx, sum, tally.until);
    });
    run_.applied = std::move(sum);
    run_.gaps = proof.gaps;
    auto& numbers = run_.numbers;
    numbers.window_from = tally.from;
    numbers.window_to = tally.until;
    numbers.source_total = tally.total;
    numbers.received = tally.received;
  }

  bool may_advance(const sync::Proof& proof) const {
    return proof.proven == sync::Proven::yes &&
           (!skew_ || skew_->verdict != sync::SkewVerdict::refuse);
  }

  void advance(ports::Tx& tx, const OrdersApplied& sum, Instant until) {
    const Instant watermark = sync::next_watermark(watermark_.at, sum.newest_disposed, until);
    const Instant read_until = sync::next_read_until(watermark_.read_until, until);
    book::put_watermark(tx, run_.settings.account, watermark_name(sync::Stream::orders), watermark,
                        read_until);
    if (watermark_.origin == sync::WatermarkOrigin::seeded) {
      book::note_migration(tx, run_.id, "shipstation-sync backfill",
                           watermark_.warning + " Read to its end in this run.");
    }
    run_.numbers.watermark_after = watermark;
    run_.numbers.read_until = read_until;
  }

  void record_holes(ports::Tx& tx) {
    for (const auto* holes : {&reader_->holes(), &reader_->standing()}) {
      for (const auto& hole : *holes) {
        book::NewQuarantine entry;
        entry.entity = book::Entity::hole;
        entry.key = hole.key;
        entry.stream = "orders";
        entry.error_class = "server error";
        entry.problem = "ShipStation answers 500 for " + sync::describe(hole) + ".";
        entry.facts = book::to_json(hole);
        book::put_quarantine(tx, run_.settings.account, run_.id, entry);
      }
    }
    for (const auto& hole : reader_->healed()) {
      book::resolve_quarantine(tx, run_.settings.account, book::Entity::hole, hole.key,
                               run_.id.value, "ShipStation can show it again.");
    }
  }

  RunState& run_;
  sync::ReadPolicy reading_;  // the overlap is wider when the clocks differ
  sync::Watermark watermark_;
  std::optional<Instant> from_;  // where this pass began; none when it goes on from a checkpoint
  std::vector<sync::KnownHole> holes_;
  std::optional<sync::Reader> reader_;
  std::optional<sync::Shape> shape_;
  std::optional<sync::Checkpoint> checkpoint_;
  std::optional<sync::Skew> skew_;
  Micros stamps_may_go_back_{0};
  OrdersBatch batch_;
  std::unordered_map<std::int64_t, std::size_t> place_;  // id -> index in batch_.readable
  std::int64_t fetched_ = 0;
  std::int64_t total_ = 0;
};

}  // namespace

void orders_pass(RunState& run) { OrdersPass{run}(); }

}  // namespace tallyman::workflows
