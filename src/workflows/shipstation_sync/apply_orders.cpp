#include "workflows/shipstation_sync/apply_orders.h"

#include <algorithm>
#include <span>

#include "adapters/book/cases.h"
#include "adapters/book/events.h"
#include "adapters/book/history.h"
#include "adapters/book/orders.h"
#include "adapters/book/payloads.h"
#include "adapters/book/quarantine.h"
#include "adapters/book/remote_orders.h"
#include "domain/base/digest.h"
#include "domain/orders/change.h"
#include "workflows/shipstation_sync/waves.h"

namespace tallyman::workflows {

namespace {

using orders::Action;
using sync::Disposition;

constexpr std::string_view kStream = "orders";
// Orders in one savepoint. SQLite walks all that a savepoint remembers at the end of each statement
// inside it, so a large one costs the square of its size; PostgreSQL pays a round trip for each.
std::size_t at_once(ports::Dialect dialect) {
  switch (dialect) {
    case ports::Dialect::sqlite: return 100;
    case ports::Dialect::postgres: return 2'000;
  }
  return 1;
}
constexpr std::string_view kUnreadable = "unreadable";
constexpr std::string_view kRefused = "refused by the database";

// One order on its way through the transaction.
struct Passage {
  const OrderDocument* document = nullptr;
  std::optional<book::KnownRemote> known;
  orders::Decision decision;
  orders::OrderChange change;
  std::optional<LocalOrderId> order;
  std::optional<OrderNumber> renumbered_from;

  const orders::OrderSeen& seen() const { return document->document.seen; }
  bool same_content() const { return known && known->content_hash == document->content_hash; }
};

class OrdersInTransaction {
 public:
  OrdersInTransaction(ports::Tx& tx, const RunId& run, const SyncSettings& settings,
                      Micros stamps_may_go_back)
      : tx_(tx), run_(run), settings_(settings), stamps_may_go_back_(stamps_may_go_back) {
    for (const auto& row : book::list_open_quarantine(tx, settings.account, kOpenRowsKnown)) {
      if (row.entity == book::word(book::Entity::order)) open_quarantine_.insert(row.key);
    }
  }

  // Applies the wave; where the database refuses a row, halves it until the row stands alone.
  void apply_or_split(std::span<const OrderDocument* const> wave, OrdersApplied& sum) {
    OrdersApplied applied;
    const auto refused = tx_.savepoint([&] { applied = apply(wave); });
    if (!refused) {
      sum += applied;
    } else if (wave.size() == 1) {
      quarantine(*wave.front(), *refused, sum);
    } else {
      apply_or_split(wave.first(wave.size() / 2), sum);
      apply_or_split(wave.subspan(wave.size() / 2), sum);
    }
  }

  void quarantine(const ports::Unreadable& row, OrdersApplied& sum) {
    book::NewQuarantine entry;
    entry.key = row.id ? std::to_string(*row.id) : "bytes:" + sha256_hex(row.raw.bytes);
    entry.id = row.id;
    entry.number = row.number;
    entry.stream = kStream;
    entry.error_class = kUnreadable;
    entry.problem = row.problem;
    entry.payload = row.raw.bytes;
    book::put_quarantine(tx_, settings_.account, run_, entry);
    sum.counts.add(Disposition::quarantined);
    ++sum.quarantined_by_class[entry.error_class];
    dispose(row.stamp, sum);
  }

 private:
  static constexpr std::int64_t kOpenRowsKnown = 10'000;

  OrdersApplied apply(std::span<const OrderDocument* const> wave) {
    OrdersApplied applied;
    auto passages = look(wave, applied);
    write(passages);
    record(passages, applied);
    return applied;
  }

  // Finds what is unchanged and decides the rest. Answers the passages that need writing.
  std::vector<Passage> look(std::span<const OrderDocument* const> wave, OrdersApplied& applied) {
    std::vector<ShipStationOrderId> ids;
    for (const auto* document : wave) ids.push_back(document->document.seen.id);
    auto known = book::find_remote(tx_, settings_.account, ids);
    std::vector<Passage> passages;
    std::vector<book::Touch> touches;
    for (std::size_t i = 0; i < wave.size(); ++i) {
      Passage passage;
      passage.document = wave[i];
      passage.known = std::move(known[i]);
      const auto& seen = passage.seen();
      if (passage.same_content() && passage.known->disposition == "applied") {
        if (passage.known->modified < seen.modified) touches.push_back({seen.id, seen.modified});
        close_quarantine(seen.id);
        count(*wave[i], Disposition::unchanged, {}, applied);
      } else {
        passages.push_back(std::move(passage));
      }
    }
    book::touch_remote(tx_, settings_.account, touches);
    decide(passages);
    return passages;
  }

  void decide(std::vector<Passage>& passages) {
    std::vector<const orders::OrderSeen*> seen;
    for (const auto& passage : passages) seen.push_back(&passage.seen());
    const book::Looked looked = book::look_up(tx_, settings_.account, seen);
    const orders::ApplyRules rules{.known_skus = settings_.routing.known_skus,
                                   .zone = settings_.shipstation_zone,
                                   .stamps_may_go_back = stamps_may_go_back_};
    for (std::size_t i = 0; i < passages.size(); ++i) {
      Passage& passage = passages[i];
      const auto& knowledge = looked.knowledge[i];
      passage.decision = orders::route(*seen[i], knowledge, settings_.routing);
      std::optional<orders::LocalOrder> local;
      if (passage.decision.target) local = looked.orders.at(*passage.decision.target);
      passage.order = passage.decision.target;
      passage.change =
          orders::plan_change(passage.decision, *seen[i], local, rules, passage.document->evidence);
      const auto& header = passage.change.header;
      if (local && header && local->header.number != header->number) {
        passage.renumbered_from = local->header.number;
      }
      if (passage.decision.action == Action::open_case) open_case(passage, knowledge, local);
      for (const auto& gone : orders::merged_away(*seen[i], knowledge)) {
        open_merged_away(passage, gone);
      }
    }
  }

  void open_case(const Passage& passage, const orders::LocalKnowledge& knowledge,
                 const std::optional<orders::LocalOrder>& local) {
    const auto& seen = passage.seen();
    const orders::CaseKind kind = passage.decision.kase.value();
    const bool news =
        book::put_case(tx_, settings_.account, run_,
                       {.kind = kind,
                        .number = seen.number,
                        .order = passage.decision.target,
                        .remote = seen.id,
                        .fact_hash = orders::case_facts_hash(
                            kind, orders::case_facts(passage.decision, seen, knowledge)),
                        .evidence = passage.decision.because});
    if (kind == orders::CaseKind::number_conflict && local) {
      book::put_number_conflict(tx_, settings_.account, seen, *local);
    }
    if (!news || !local || !is_news(passage)) return;
    const book::NewEvent event{.order = local->header.id,
                               .remote = seen.id,
                               .number = local->header.number,
                               .kind = "case",
                               .title = std::string(orders::words(kind).title),
                               .detail = passage.decision.because,
                               .source = book::EventSource::tallyman,
                               .tone = book::Tone::problem,
                               .rule = std::string(orders::key(passage.decision.rule)),
                               .changes = {}};
    book::add_events(tx_, settings_.account, run_, {&event, 1});
  }

  void open_merged_away(const Passage& passage, const orders::LocalRef& gone) {
    if (gone.linked.empty()) return;
    const orders::CaseKind kind = orders::CaseKind::merged_away;
    book::put_case(
        tx_, settings_.account, run_,
        {.kind = kind,
         .number = gone.number,
         .order = gone.id,
         .remote = gone.linked.front(),
         .fact_hash = orders::case_facts_hash(
             kind, {gone.number.value, std::to_string(passage.seen().id.value)}),
         .evidence = "ShipStation order " + std::to_string(passage.seen().id.value) + " (" +
                     passage.seen().number.value + ") lists it as merged into it."});
  }

  // A skipped or deferred order is decided again whenever it is seen, but written only once.
  static bool is_news(const Passage& passage) {
    return !passage.same_content() || passage.known->rule != orders::key(passage.decision.rule) ||
           passage.known->disposition != disposition_word(passage);
  }

  static Disposition disposition_of(const Passage& passage) {
    if (passage.change.needs_read_by_id) return Disposition::deferred;
    switch (passage.decision.action) {
      case Action::update:
      case Action::link_and_update:
      case Action::import:
      case Action::join_family: return Disposition::applied;
      case Action::open_case: return Disposition::deferred;
      case Action::skip: return Disposition::skipped;
    }
    return Disposition::deferred;
  }

  static std::string_view disposition_word(const Passage& passage) {
    return sync::word(disposition_of(passage));
  }

  void write(std::vector<Passage>& passages) {
    std::vector<book::OrderWrite> writes;
    std::vector<std::size_t> of;
    for (std::size_t i = 0; i < passages.size(); ++i) {
      if (passages[i].change.empty()) continue;
      if (passages[i].change.needs_read_by_id && !is_news(passages[i])) continue;
      writes.push_back({.seen = &passages[i].seen(),
                        .decision = &passages[i].decision,
                        .change = &passages[i].change,
                        .order = std::nullopt});
      of.push_back(i);
    }
    book::write_changes(tx_, settings_.account, run_, writes);
    for (std::size_t i = 0; i < writes.size(); ++i) passages[of[i]].order = writes[i].order;
    write_remote(passages);
    write_history(passages);
  }

  void write_remote(const std::vector<Passage>& passages) {
    std::vector<book::RemoteDecision> decisions;
    std::vector<book::NewPayload> payloads;
    for (const auto& passage : passages) {
      if (!is_news(passage)) continue;
      std::optional<std::string> hash = passage.document->content_hash;
      if (passage.change.needs_read_by_id) hash.reset();  // withheld: not applied yet
      decisions.push_back({.seen = &passage.seen(),
                           .content_hash = std::move(hash),
                           .disposition = disposition_word(passage),
                           .rule = orders::key(passage.decision.rule),
                           .reason = passage.decision.because});
      if (!passage.same_content()) {
        payloads.push_back(
            {.entity = passage.seen().id.value, .document = passage.document->document.raw.bytes});
      }
    }
    book::put_remote(tx_, settings_.account, run_, decisions);
    book::put_payloads(tx_, settings_.account, book::PayloadKind::order, run_, payloads);
  }

  // Shipped history follows every order that is, was or becomes shipped.
  void write_history(const std::vector<Passage>& passages) {
    std::set<LocalOrderId> shipped;
    for (const auto& passage : passages) {
      if (!passage.order || !passage.change.header) continue;
      if (passage.renumbered_from) {
        book::renumber_history(tx_, settings_.account, *passage.renumbered_from,
                               passage.change.header->number);
      }
      const bool is_shipped = passage.change.header->status.known == orders::OrderStatus::shipped;
      if (is_shipped || passage.change.newly_shipped || passage.change.reopened) {
        shipped.insert(*passage.order);
      }
    }
    const std::vector<LocalOrderId> ids(shipped.begin(), shipped.end());
    book::refresh_history(tx_, settings_.account, run_, ids, settings_.routing.known_skus);
  }

  void record(const std::vector<Passage>& passages, OrdersApplied& applied) {
    for (const auto& passage : passages) {
      const Disposition disposition = disposition_of(passage);
      // The order's own sentence stays with it; the run counts by rule.
      count(*passage.document, disposition, orders::key(passage.decision.rule), applied);
      for (const auto& warning : passage.change.warnings) ++applied.warnings[warning.text];
      if (passage.change.needs_read_by_id) {
        ask_by_id(passage);
        if (passage.document->counted == Counted::now) {
          applied.awaiting_read.insert(passage.seen().id);
        }
        continue;
      }
      close_quarantine(passage.seen().id);
      if (disposition != Disposition::applied) continue;
      if (passage.decision.action == Action::import) {
        ++applied.imported;
      } else {
        ++applied.updated;
      }
      if (passage.change.newly_shipped) ++applied.newly_shipped;
      if (passage.change.reopened) ++applied.reopened;
    }
  }

  // The obligation to read the order by its id survives a crash as a row of quarantine.
  void ask_by_id(const Passage& passage) {
    book::NewQuarantine entry;
    entry.key = std::to_string(passage.seen().id.value);
    entry.id = passage.seen().id.value;
    entry.number = passage.seen().number.value;
    entry.stream = kStream;
    entry.error_class = kNeedsRead;
    entry.problem =
        "A list shows it open again although it was finished here; only a read of the order "
        "itself can prove that.";
    book::put_quarantine(tx_, settings_.account, run_, entry);
  }

  void quarantine(const OrderDocument& document, const ports::DbFailure& refused,
                  OrdersApplied& sum) {
    const auto& seen = document.document.seen;
    book::NewQuarantine entry;
    entry.key = std::to_string(seen.id.value);
    entry.id = seen.id.value;
    entry.number = seen.number.value;
    entry.stream = kStream;
    entry.error_class = kRefused;
    // The database's own words may quote values, so only kind and statement are kept.
    entry.problem = "The order book refused it (" + std::string(ports::word(refused.kind())) +
                    " in " + refused.statement() + ").";
    entry.payload = document.document.raw.bytes;
    book::put_quarantine(tx_, settings_.account, run_, entry);
    count(document, Disposition::quarantined, {}, sum);
    ++sum.quarantined_by_class[entry.error_class];
  }

  void close_quarantine(ShipStationOrderId id) {
    const std::string key = std::to_string(id.value);
    if (!open_quarantine_.contains(key)) return;
    book::resolve_quarantine(tx_, settings_.account, book::Entity::order, key, run_.value,
                             "It could be read and applied.");
  }

  void count(const OrderDocument& document, Disposition disposition, std::string_view reason,
             OrdersApplied& sum) {
    if (document.counted == Counted::now) sum.counts.add(disposition, reason);
    if (sync::disposed(disposition) == sync::Disposed::yes) {
      dispose(document.document.seen.modified, sum);
    }
  }

  static void dispose(std::optional<Instant> stamp, OrdersApplied& sum) {
    if (stamp) sum.newest_disposed = std::max(sum.newest_disposed.value_or(*stamp), *stamp);
  }

  ports::Tx& tx_;
  const RunId& run_;
  const SyncSettings& settings_;
  Micros stamps_may_go_back_;
  std::set<std::string> open_quarantine_;
};

}  // namespace

OrdersApplied& OrdersApplied::operator+=(const OrdersApplied& other) {
  counts += other.counts;
  imported += other.imported;
  updated += other.updated;
  newly_shipped += other.newly_shipped;
  reopened += other.reopened;
  if (other.newest_disposed) {
    newest_disposed =
        std::max(newest_disposed.value_or(*other.newest_disposed), *other.newest_disposed);
  }
  for (const auto& [kind, rows] : other.quarantined_by_class) quarantined_by_class[kind] += rows;
  for (const auto& [text, times] : other.warnings) warnings[text] += times;
  awaiting_read.insert(other.awaiting_read.begin(), other.awaiting_read.end());
  return *this;
}

OrdersApplied apply_orders(ports::Tx& tx, const RunId& run, const SyncSettings& settings,
                           const OrdersBatch& batch) {
  OrdersApplied sum;
  OrdersInTransaction transaction(tx, run, settings, batch.stamps_may_go_back);
  const std::size_t most = at_once(tx.dialect());
  for (const auto& wave : waves(batch.readable)) {
    const std::span<const OrderDocument* const> all(wave);
    for (std::size_t at = 0; at < all.size(); at += most) {
      transaction.apply_or_split(all.subspan(at, std::min(most, all.size() - at)), sum);
    }
  }
  for (const auto& row : batch.unreadable) transaction.quarantine(row, sum);
  return sum;
}

}  // namespace tallyman::workflows
