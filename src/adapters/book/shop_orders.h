// Orders of the shop's file: what the book knows of their numbers, and writing what was decided.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "adapters/book/imports.h"
#include "domain/base/ids.h"
#include "domain/imports/decide.h"
#include "domain/imports/shop_order.h"
#include "ports/database.h"

namespace tallyman::book {

// To write: nobody takes a known order further before the transaction has ended.
enum class LookUp { to_look, to_write };
// In the order of `numbers`.
std::vector<imports::Known> look_up_shop_orders(ports::Tx& tx, AccountId account,
                                                std::span<const OrderNumber> numbers,
                                                LookUp purpose);

// How many such decisions people have made: one more, and a file may have an order to give that had
// to wait.
std::int64_t count_kept_apart(ports::Tx& tx, AccountId account);

struct ShopWrite {
  const imports::ShopOrder* order = nullptr;
  const imports::PlannedLines* lines = nullptr;
  const imports::Known* known = nullptr;
  const imports::Decision* decision = nullptr;
};
struct ShopFileName {
  ImportId id;
  std::string name;
};
// Rows, lines, events and cases of these decisions, in bulk; of what is unchanged nothing.
void write_shop_orders(ports::Tx& tx, AccountId account, const RunId& run, const ShopFileName& file,
                       std::span<const ShopWrite> writes);

// An order of the shop's file that waits in quarantine.
struct ShopQuarantine {
  std::string key;  // of its number, or of its bytes where it has none
  std::string stream;
  std::string problem;
  std::string facts;
};
// By key, the open ones.
std::map<std::string, ShopQuarantine> open_shop_quarantine(ports::Tx& tx, AccountId account);

struct BadShopOrder {
  const imports::BadOrder* order = nullptr;
  std::string_view text;  // as it stands in the file
};
std::string quarantine_key(const BadShopOrder& bad);
// One whose open row says the same already is left as it is: false.
bool quarantine_shop_order(ports::Tx& tx, AccountId account, const RunId& run,
                           const ShopFileName& file, const BadShopOrder& bad,
                           const std::map<std::string, ShopQuarantine>& open);
// Of rows without a number: which file's they are.
std::string quarantine_stream(std::string_view file_name);

}  // namespace tallyman::book
