#include "domain/orders/sku_text.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "tests/domain/orders/samples.h"

namespace tallyman::orders {
namespace {

struct Case {
  std::string_view text;
  std::string_view base;
  std::string_view lot;
  Parsed parsed;
};

TEST(SkuText, SplitsOnlyWhereTheLeftPartIsAKnownSku) {
  const Case cases[] = {
      {"17612 - 250340", "17612", "250340", Parsed::with_lot},
      {"17612-250340", "17612", "250340", Parsed::with_lot},
      {"  17612 -250340\t", "17612", "250340", Parsed::with_lot},
      {"17612 - 250340 - A", "17612", "250340 - A", Parsed::with_lot},
      {"17612", "17612", "", Parsed::plain},
      {" 17612 ", "17612", "", Parsed::plain},
      {"99999", "99999", "", Parsed::plain},
      {"176120", "176120", "", Parsed::plain},
      {"ABC-1 - 5", "ABC-1 - 5", "", Parsed::raw},
      {"176120 - 250340", "176120 - 250340", "", Parsed::raw},
      {"17612 -", "17612 -", "", Parsed::raw},
      {"- 250340", "- 250340", "", Parsed::raw},
      {"17612 \xE2\x80\x93 250340", "17612 \xE2\x80\x93 250340", "", Parsed::plain},
      {"", "", "", Parsed::plain},
      {"   ", "", "", Parsed::plain},
  };
  for (const auto& c : cases) {
    const auto sku = parse_sku_text(c.text, samples::kKeySkus);
    EXPECT_EQ(sku.base.value, c.base) << c.text;
    EXPECT_EQ(sku.lot ? sku.lot->value : "", c.lot) << c.text;
    EXPECT_EQ(sku.parsed, c.parsed) << c.text;
  }
}

TEST(SkuText, AKnownSkuWithADashOfItsOwnStaysWhole) {
  const KnownSkus known{Sku{"17612"}, Sku{"17612-B"}};
  EXPECT_EQ(parse_sku_text("17612-B", known).base, Sku{"17612-B"});
  EXPECT_EQ(parse_sku_text("17612-B", known).parsed, Parsed::plain);
  EXPECT_EQ(parse_sku_text("17612-C", known).lot, LotCode{"C"});
}

RC_GTEST_PROP(SkuText, TheCanonicalTextParsesBackToItself, ()) {
  const auto sku = *rc::gen::elementOf(samples::kKeySkus);
  const auto lot = *rc::gen::nonEmpty(
      rc::gen::container<std::string>(rc::gen::elementOf(std::string("0123456789AZ-"))));
  const auto parsed = parse_sku_text(to_text(sku, LotCode{lot}), samples::kKeySkus);
  RC_ASSERT(parsed.base == sku);
  RC_ASSERT(parsed.lot == LotCode{lot});
  RC_ASSERT(to_text(parsed) == to_text(sku, LotCode{lot}));
}

RC_GTEST_PROP(SkuText, NothingIsEverLostOrInvented, ()) {
  const auto text =
      *rc::gen::container<std::string>(rc::gen::elementOf(std::string("1234567 -\tA17612")));
  const auto parsed = parse_sku_text(text, samples::kKeySkus);
  const auto letters = [](std::string s) {
    std::erase_if(s, [](char c) { return c == ' ' || c == '\t' || c == '-'; });
    return s;
  };
  RC_ASSERT(letters(text) == letters(to_text(parsed)));
  RC_ASSERT(parsed.lot.has_value() == (parsed.parsed == Parsed::with_lot));
  if (parsed.lot) RC_ASSERT(samples::kKeySkus.contains(parsed.base));
  RC_ASSERT(parse_sku_text(to_text(parsed), samples::kKeySkus) == parsed);
}

}  // namespace
}  // namespace tallyman::orders
