#include "sandbox/shipstation/rate_window.h"

namespace tallyman::sandbox {
namespace {
constexpr int kRequestsPerWindow = 40;
constexpr std::chrono::seconds kWindow{60};
}  // namespace

RateState RateWindows::take(const std::string& key, Micros steady) {
  const auto [entry, is_new] = windows_.try_emplace(key, Window{.opened = steady});
  Window& window = entry->second;
  if (steady - window.opened >= kWindow) window = Window{.opened = steady};
  const bool refused = window.used >= kRequestsPerWindow;
  if (!refused) ++window.used;
  return {.limit = kRequestsPerWindow,
          .remaining = kRequestsPerWindow - window.used,
          .reset = std::chrono::ceil<std::chrono::seconds>(window.opened + kWindow - steady),
          .refused = refused};
}

}  // namespace tallyman::sandbox
