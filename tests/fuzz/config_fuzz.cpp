// A configuration file: whatever stands in it, settings or a Problem, and what is shown of a value
// is read as that value again.
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "app/config_file.h"
#include "app/settings.h"
#include "domain/base/check.h"

using namespace tallyman;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(bytes), size);
  const auto entries = app::read_toml(text, "fuzz.toml");
  if (!entries) return 0;
  for (const auto& entry : *entries) {
    const auto* setting = app::find_setting(entry.key);
    app::Config config;
    if (setting == nullptr || setting->store(config, entry.value)) continue;
    if (setting->kind == app::Kind::secret || config.database.url.is_set()) continue;
    app::Config again;
    const auto shown = setting->show(config);
    check(!setting->store(again, app::FileValue{shown}), "a shown value is allowed");
    check(setting->show(again) == shown, "a shown value is read as itself");
  }
  return 0;
}
