// What `tallyman sandbox` can be told on the command line. The app listens and makes the clock.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "domain/base/result.h"
#include "sandbox/world.h"

namespace tallyman::sandbox {

struct Options {
  std::string listen = "127.0.0.1:8089";
  std::uint64_t seed = 1;
  int orders = 2000;
  int speed = 1;  // the clock runs so many times faster: see ScaledClock
  std::vector<FaultSpec> faults{};
  Behaviour behaviour{};
  RateLimit rate_limit = RateLimit::on;
  std::string key{kDemoKey};
  std::string secret{kDemoSecret};
  bool wants_help = false;
};

// `args` are the words after `tallyman sandbox`. A Problem names the word and what would be right.
Result<Options> options_from(std::span<const std::string_view> args);
std::string options_help();

WorldSetup setup_from(const Options& options, Zone zone);
// Seeds the orders, then lets the faults loose.
void prepare(World& world, const Options& options);
// What a person needs to use it: address, key, secret, the way to the order book. For `url` the
// address really listened on.
std::string greeting(const Options& options, std::string_view url);

}  // namespace tallyman::sandbox
