// How much of anything a shop's file may bring.
#pragma once

#include <cstddef>
#include <cstdint>

namespace tallyman::imports {

inline constexpr std::size_t kFileBytes = 64U << 20U;  // more is refused unread
inline constexpr std::size_t kOrderBytes = 1U << 20U;  // one order element
inline constexpr std::size_t kOrders = 200'000;        // of a file
inline constexpr std::size_t kLines = 1'000;           // of an order
inline constexpr std::size_t kFieldBytes = 500;        // of a field, as UTF-8
inline constexpr std::size_t kNumberBytes = 50;        // of an order number or SKU
inline constexpr std::size_t kNameBytes = 200;         // of a file's name
inline constexpr std::int64_t kAmount = 100'000;       // of one line
inline constexpr std::int64_t kUnits = 1'000'000;      // of a SKU in an order
inline constexpr std::int64_t kMultiplier = 10'000;    // of a component
inline constexpr std::size_t kComponents = 100;        // of a bundle
inline constexpr std::size_t kBundles = 5'000;         // in all
inline constexpr std::size_t kLevels = 20;             // bundles within bundles
inline constexpr std::size_t kFindings = 10'000;       // told of one file
inline constexpr std::int64_t kDaysAhead = 2;          // an order date may lie in the future

}  // namespace tallyman::imports
