#include "adapters/book/watermarks.h"

#include "adapters/book/sql/watermarks.h"
#include "ports/statements.h"

namespace tallyman::book {

std::optional<StoredWatermark> find_watermark(ports::Tx& tx, AccountId account,
                                              std::string_view stream) {
  auto row = ports::select_one<sql::FindWatermark>(
      tx, {.account_id = account.value, .workflow_name = stream});
  if (!row) return std::nullopt;
  return StoredWatermark{.text = std::move(row->last_sync_timestamp),
                         .watermark = row->watermark_us,
                         .read_until = row->read_until_us};
}

void put_watermark(ports::Tx& tx, AccountId account, std::string_view stream,
                   std::optional<Instant> watermark, std::optional<Instant> read_until) {
  const std::string text = to_text(watermark.value_or(read_until.value_or(tx.now())));
  ports::execute<sql::PutWatermark>(tx, {.account_id = account.value,
                                         .workflow_name = stream,
                                         .text = text,
                                         .watermark_us = watermark,
                                         .read_until_us = read_until,
                                         .now = tx.now()});
}

void mark_due(ports::Tx& tx, AccountId account, std::string_view stream) {
  ports::execute<sql::MarkDue>(tx, {.account_id = account.value, .workflow_name = stream});
}

std::optional<Checkpoint> find_checkpoint(ports::Tx& tx, AccountId account,
                                          std::string_view stream) {
  auto row =
      ports::select_one<sql::FindCheckpoint>(tx, {.account_id = account.value, .stream = stream});
  if (!row) return std::nullopt;
  return Checkpoint{.run = RunId{std::move(row->run_id)}, .state = std::move(row->state)};
}

void put_checkpoint(ports::Tx& tx, AccountId account, std::string_view stream, const RunId& run,
                    std::string_view state) {
  ports::execute<sql::PutCheckpoint>(tx, {.account_id = account.value,
                                          .stream = stream,
                                          .run_id = run.value,
                                          .state = state,
                                          .now_us = tx.now()});
}

void drop_checkpoint(ports::Tx& tx, AccountId account, std::string_view stream) {
  ports::execute<sql::DropCheckpoint>(tx, {.account_id = account.value, .stream = stream});
}

}  // namespace tallyman::book
