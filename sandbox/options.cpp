#include "sandbox/options.h"

#include <charconv>
#include <optional>

#include <fmt/format.h>

namespace tallyman::sandbox {
namespace {

constexpr int kMostOrders = 200'000;
constexpr int kMostSpeed = 100'000;

template <class Number>
std::optional<Number> number_from(std::string_view text, Number least, Number most) {
  Number number{};
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  if (number < least || number > most) return std::nullopt;
  return number;
}

using Setting = Result<void>;

Setting set_listen(Options& options, std::string_view value) {
  const auto colon = value.rfind(':');
  const bool is_address = colon != std::string_view::npos && colon > 0 &&
                          number_from<int>(value.substr(colon + 1), 0, 65535).has_value();
  if (!is_address) return problem("expected ADDRESS:PORT, for example 127.0.0.1:8089");
  options.listen = value;
  return {};
}

Setting set_seed(Options& options, std::string_view value) {
  const auto seed = number_from<std::uint64_t>(value, 0, UINT64_MAX);
  if (!seed) return problem("expected a whole number");
  options.seed = *seed;
  return {};
}

Setting set_orders(Options& options, std::string_view value) {
  const auto orders = number_from<int>(value, 0, kMostOrders);
  if (!orders) return problem(fmt::format("expected a whole number from 0 to {}", kMostOrders));
  options.orders = *orders;
  return {};
}

Setting set_speed(Options& options, std::string_view value) {
  if (value.ends_with('x')) value.remove_suffix(1);
  const auto speed = number_from<int>(value, 1, kMostSpeed);
  if (!speed) return problem(fmt::format("expected a whole number from 1 to {}", kMostSpeed));
  options.speed = *speed;
  return {};
}

Setting set_fault(Options& options, std::string_view value) {
  const auto fault = fault_from_text(value);
  if (!fault) return tl::unexpected(fault.error());
  options.faults.push_back(*fault);
  return {};
}

Setting set_switch(Options& options, std::string_view value) {
  const auto changed = with_switch(options.behaviour, value);
  if (!changed) return tl::unexpected(changed.error());
  options.behaviour = *changed;
  return {};
}

Setting set_key(Options& options, std::string_view value) {
  if (value.empty()) return problem("expected a text");
  options.key = value;
  return {};
}

Setting set_secret(Options& options, std::string_view value) {
  if (value.empty()) return problem("expected a text");
  options.secret = value;
  return {};
}

Setting no_rate_limit(Options& options, std::string_view) {
  options.rate_limit = RateLimit::off;
  return {};
}

Setting ask_help(Options& options, std::string_view) {
  options.wants_help = true;
  return {};
}

struct OptionRow {
  std::string_view name;
  std::string_view value;  // empty: a flag
  std::string_view what;
  Setting (*set)(Options&, std::string_view);
};

constexpr OptionRow kOptions[] = {
    {"--listen", "ADDRESS:PORT", "where to listen (127.0.0.1:8089; port 0 takes a free one)",
     set_listen},
    {"--seed", "N", "the same seed makes the same world (1)", set_seed},
    {"--orders", "N", "orders at the start: 85 % known, 10 % manual, 5 % foreign (2000)",
     set_orders},
    {"--speed", "N", "its clock runs N times faster, for example 60x (1)", set_speed},
    {"--fault", "NAME[=P[:AMOUNT]]", "a fault with probability P; may be repeated", set_fault},
    {"--switch", "NAME=VALUE", "how it behaves where nobody knows; may be repeated", set_switch},
    {"--no-rate-limit", "", "no 40 requests a minute, no rate headers", no_rate_limit},
    {"--key", "TEXT", "the API key (sandbox-key)", set_key},
    {"--secret", "TEXT", "the API secret (sandbox-secret)", set_secret},
    {"--help", "", "this text", ask_help},
};

const OptionRow* find_option(std::string_view name) {
  for (const OptionRow& option : kOptions) {
    if (option.name == name) return &option;
  }
  return nullptr;
}

}  // namespace

Result<Options> options_from(std::span<const std::string_view> args) {
  Options options;
  for (std::size_t i = 0; i < args.size(); ++i) {
    const auto equals = args[i].find('=');
    const std::string_view name = args[i].substr(0, equals);
    const OptionRow* option = find_option(name);
    if (option == nullptr) {
      return problem(fmt::format("unknown option '{}'; --help lists all", name));
    }
    std::string_view value;
    if (option->value.empty()) {
      if (equals != std::string_view::npos) {
        return problem(fmt::format("{} takes no value", name));
      }
    } else if (equals != std::string_view::npos) {
      value = args[i].substr(equals + 1);
    } else if (i + 1 < args.size()) {
      value = args[++i];
    } else {
      return problem(fmt::format("{} needs {}", name, option->value));
    }
    const Setting set = option->set(options, value);
    if (!set) return problem(fmt::format("{} {}: {}", name, value, set.error().what));
  }
  return options;
}

std::string options_help() {
  std::string text =
      "A pretend ShipStation account (V1 API) with people who work in it.\n\nOptions:\n";
  for (const OptionRow& option : kOptions) {
    text +=
        fmt::format("  {:<30} {}\n", fmt::format("{} {}", option.name, option.value), option.what);
  }
  text += "\nFaults (a probability per request, for orders per order):\n" + fault_help();
  text += "\nSwitches, the default first:\n" + behaviour_help();
  text += "\nGET /_sandbox lists what can be done to a running sandbox.\n";
  return text;
}

WorldSetup setup_from(const Options& options, Zone zone) {
  WorldSetup setup{.zone = std::move(zone)};
  setup.seed = options.seed;
  setup.behaviour = options.behaviour;
  setup.rate_limit = options.rate_limit;
  setup.key = options.key;
  setup.secret = options.secret;
  return setup;
}

void prepare(World& world, const Options& options) {
  world.seed(SeedPlan::of(options.orders));
  for (const FaultSpec& fault : options.faults) world.set_fault(fault);
}

std::string greeting(const Options& options, std::string_view url) {
  return fmt::format(
      "sandbox: ShipStation V1 at {0}\n"
      "  key     {1}\n"
      "  secret  {2}\n"
      "  orders  {3}, seed {4}{5}{6}\n"
      "  known   {0}/_sandbox/known.sql   (INSERTs for the order book)\n"
      "  control {0}/_sandbox\n",
      url, options.key, options.secret, options.orders, options.seed,
      options.speed > 1 ? fmt::format(", {} times faster", options.speed) : "",
      options.rate_limit == RateLimit::on ? "" : ", no rate limit");
}

}  // namespace tallyman::sandbox
