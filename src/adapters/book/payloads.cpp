#include "adapters/book/payloads.h"

#include <memory>
#include <stdexcept>
#include <vector>

#include <zstd.h>

#include "adapters/book/sql/remote_orders.h"
#include "ports/statements.h"

namespace tallyman::book {

namespace {

constexpr int kLevel = -1;                          // documents are small; speed matters more
constexpr std::size_t kUnpackedLimit = 64U << 20U;  // bytes

struct FreeContext {
  void operator()(ZSTD_CCtx* context) const { ZSTD_freeCCtx(context); }
};

}  // namespace

std::string_view word(PayloadKind kind) {
  switch (kind) {
    case PayloadKind::order: return "order";
    case PayloadKind::shipment: return "shipment";
    case PayloadKind::fulfilment: return "fulfilment";
  }
  return "?";
}

Packed pack(std::string_view document) {
  // One context per thread: making one costs more than packing a document.
  static thread_local const std::unique_ptr<ZSTD_CCtx, FreeContext> context{ZSTD_createCCtx()};
  std::string body(ZSTD_compressBound(document.size()), '\0');
  const std::size_t size = ZSTD_compressCCtx(context.get(), body.data(), body.size(),
                                             document.data(), document.size(), kLevel);
  if (ZSTD_isError(size) != 0U || size >= document.size()) {
    return {.encoding = "plain", .body = std::string(document)};
  }
  body.resize(size);
  return {.encoding = "zstd", .body = std::move(body)};
}

std::string unpack(std::string_view encoding, std::string_view body) {
  if (encoding == "plain") return std::string(body);
  const auto size = ZSTD_getFrameContentSize(body.data(), body.size());
  if (size == ZSTD_CONTENTSIZE_ERROR || size == ZSTD_CONTENTSIZE_UNKNOWN || size > kUnpackedLimit) {
    throw std::runtime_error("a stored document is damaged");
  }
  std::string document(size, '\0');
  const std::size_t read =
      ZSTD_decompress(document.data(), document.size(), body.data(), body.size());
  if (ZSTD_isError(read) != 0U || read != size) {
    throw std::runtime_error("a stored document is damaged");
  }
  return document;
}

void put_payloads(ports::Tx& tx, AccountId account, PayloadKind kind, const RunId& run,
                  std::span<const NewPayload> payloads) {
  std::vector<Packed> packed;
  packed.reserve(payloads.size());
  for (const auto& payload : payloads) packed.push_back(pack(payload.document));
  std::vector<sql::PutPayload::Params> rows;
  rows.reserve(payloads.size());
  for (std::size_t i = 0; i < payloads.size(); ++i) {
    rows.push_back({.account_id = account.value,
                    .kind = word(kind),
                    .entity_id = payloads[i].entity,
                    .seen_us = tx.now(),
                    .run_id = run.value,
                    .encoding = packed[i].encoding,
                    .body = packed[i].body});
  }
  ports::execute_each<sql::PutPayload>(tx, rows);
}

std::optional<Payload> latest_payload(ports::Tx& tx, AccountId account, PayloadKind kind,
                                      std::int64_t entity) {
  const auto row = ports::select_one<sql::LatestPayload>(
      tx, {.account_id = account.value, .kind = word(kind), .entity_id = entity});
  if (!row) return std::nullopt;
  return Payload{.seen = row->seen_us,
                 .run = RunId{row->run_id},
                 .document = unpack(row->encoding, row->body)};
}

}  // namespace tallyman::book
