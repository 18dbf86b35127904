// Partner documents kept byte for byte, compressed (zstd), one per change of content.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "domain/base/ids.h"
#include "domain/base/time.h"
#include "ports/database.h"

namespace tallyman::book {

enum class PayloadKind { order, shipment, fulfilment };
std::string_view word(PayloadKind kind);

// A document packed for storage. Packing happens outside the transaction where it can.
struct Packed {
  std::string_view encoding;  // "zstd" or "plain": whichever is smaller
  std::string body;
};
Packed pack(std::string_view document);
// Throws std::runtime_error when the stored bytes are damaged or larger than 64 MiB unpacked.
std::string unpack(std::string_view encoding, std::string_view body);

struct NewPayload {
  std::int64_t entity = 0;  // id at the partner
  std::string_view document;
};
void put_payloads(ports::Tx& tx, AccountId account, PayloadKind kind, const RunId& run,
                  std::span<const NewPayload> payloads);

struct Payload {
  Instant seen;
  RunId run;
  std::string document;
};
std::optional<Payload> latest_payload(ports::Tx& tx, AccountId account, PayloadKind kind,
                                      std::int64_t entity);

}  // namespace tallyman::book
