#include "domain/alerts/words.h"

#include <chrono>

#include <fmt/format.h>

namespace tallyman::alerts {

using namespace std::chrono_literals;

std::string length_text(Micros length) {
  const auto whole = std::chrono::floor<std::chrono::seconds>(length);
  if (whole < 2min) return fmt::format("{} s", whole.count());
  if (whole < 1h) return fmt::format("{} min", whole / 1min);
  if (whole >= 48h) return fmt::format("{} days", whole / 24h);
  const auto minutes = (whole % 1h) / 1min;
  return minutes == 0 ? fmt::format("{} h", whole / 1h)
                      : fmt::format("{} h {} min", whole / 1h, minutes);
}

std::string one_line(std::string_view text, std::size_t most) {
  std::string line;
  for (const char c : text) line += static_cast<unsigned char>(c) < 0x20 || c == 0x7F ? ' ' : c;
  if (line.size() <= most) return line;
  std::size_t end = most;
  // A byte 10…… continues the character before it.
  while (end > 0 && (static_cast<unsigned char>(line[end]) & 0xC0U) == 0x80U) --end;
  line.resize(end);
  return line + "…";
}

std::string counted(std::int64_t count, std::string_view noun) {
  return fmt::format("{} {}{}", count, noun, count == 1 ? "" : "s");
}

}  // namespace tallyman::alerts
