#include "sandbox/shipstation/api.h"

#include <charconv>

#include "sandbox/shipstation/wire.h"

namespace tallyman::sandbox {
namespace {

struct Route {
  std::string_view method;
  std::string_view path;
  Reply (*answer)(Desk&, const http_server::Request&);
};

constexpr Route kRoutes[] = {
    {"GET", "/orders", list_orders},
    {"GET", "/shipments", list_shipments},
    {"GET", "/fulfillments", list_fulfilments},
    {"GET", "/stores",
     [](Desk&, const http_server::Request&) { return Reply{200, stores_json()}; }},
    {"GET", "/carriers",
     [](Desk&, const http_server::Request&) { return Reply{200, carriers_json()}; }},
    {"GET", "/accounts/listtags",
     [](Desk&, const http_server::Request&) { return Reply{200, tags_json()}; }},
    {"POST", "/orders/createorder", create_order},
    {"POST", "/orders/createorders", create_orders},
    {"POST", "/orders/holduntil", hold_until},
    {"POST", "/orders/restorefromhold", restore_from_hold},
    {"POST", "/orders/markasshipped", mark_as_shipped},
};

std::optional<std::int64_t> id_in(std::string_view path, std::string_view prefix) {
  if (!path.starts_with(prefix)) return std::nullopt;
  const std::string_view digits = path.substr(prefix.size());
  std::int64_t id = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), id);
  if (error != std::errc{} || end != digits.data() + digits.size()) return std::nullopt;
  return id;
}

}  // namespace

std::string plain_path(std::string_view path) {
  std::string plain = lower(path);
  if (plain.size() > 1 && plain.ends_with('/')) plain.pop_back();
  return plain;
}

Reply answer_api(Desk& desk, const http_server::Request& request) {
  const std::string path = plain_path(request.path);
  bool path_exists = false;
  for (const Route& route : kRoutes) {
    if (route.path != path) continue;
    path_exists = true;
    if (route.method == request.method) return route.answer(desk, request);
  }
  if (const auto id = id_in(path, "/orders/")) {
    path_exists = true;
    if (request.method == "GET") return show_order(desk, *id);
    if (request.method == "DELETE") return delete_order(desk, *id);
  }
  if (path_exists) {
    return {405, message_json("The requested resource does not support http method '" +
                              request.method + "'.")};
  }
  return {404, message_json("No HTTP resource was found that matches the request URI.")};
}

}  // namespace tallyman::sandbox
