#include "adapters/shipstation/api.h"

#include <utility>

#include "adapters/shipstation/failures.h"
#include "adapters/shipstation/requests.h"
#include "adapters/shipstation/times.h"
#include "adapters/shipstation/wire.h"

namespace tallyman::shipstation {

namespace {

using ports::CallError;
using ports::CallFailure;
using ports::CallResult;

class Api final : public ports::ShipStation {
 public:
  Api(ports::Http& http, Settings settings) : http_(http), settings_(std::move(settings)) {
    while (settings_.base_url.ends_with('/')) settings_.base_url.pop_back();
  }

  CallResult<ports::OrderPage> orders(const ports::OrderQuery& query,
                                      std::stop_token stop) override {
    return page(target(query, settings_.zone), std::move(stop), [&](std::string& body) {
      return read_order_page(body, settings_.zone, query.sort);
    });
  }

  CallResult<ports::Document<orders::OrderSeen>> order(ShipStationOrderId id,
                                                       std::stop_token stop) override {
    auto answer = ask(target(id), std::move(stop));
    if (!answer) return tl::unexpected(std::move(answer.error()));
    auto document = read_order(answer->body, settings_.zone);
    if (!document) return tl::unexpected(unusable(*answer, document.error()));
    if (document->seen.id == id) return std::move(*document);
    return tl::unexpected(CallFailure{CallError::unreadable, answer->status,
                                      "asked for order " + std::to_string(id.value) + ", got " +
                                          std::to_string(document->seen.id.value),
                                      std::nullopt});
  }

  CallResult<ports::ShipmentPage> shipments(const ports::ShipmentQuery& query,
                                            std::stop_token stop) override {
    return page(target(query, settings_.zone), std::move(stop),
                [&](std::string& body) { return read_shipment_page(body, settings_.zone); });
  }

  CallResult<ports::FulfilmentPage> fulfilments(const ports::FulfilmentQuery& query,
                                                std::stop_token stop) override {
    return page(target(query, settings_.zone), std::move(stop),
                [&](std::string& body) { return read_fulfilment_page(body, settings_.zone); });
  }

 private:
  // One exchange; a status other than 2xx is a failure.
  CallResult<ports::HttpResponse> ask(const std::string& path_and_query, std::stop_token stop) {
    ports::HttpRequest request;
    request.url = settings_.base_url + path_and_query;
    request.headers = {{"Accept", "application/json"}};
    request.auth = ports::BasicAuth{settings_.key, settings_.secret};
    request.connect_timeout = settings_.connect_timeout;
    request.total_timeout = settings_.total_timeout;
    request.body_limit = settings_.body_limit;
    auto answer = http_.send(request, std::move(stop));
    if (!answer) return tl::unexpected(from_http(answer.error()));
    if (auto failure = refusal(*answer)) return tl::unexpected(std::move(*failure));
    return std::move(*answer);
  }

  template <class Read>
  auto page(const std::string& path_and_query, std::stop_token stop, Read read)
      -> CallResult<typename decltype(read(std::declval<std::string&>()))::value_type> {
    auto answer = ask(path_and_query, std::move(stop));
    if (!answer) return tl::unexpected(std::move(answer.error()));
    auto result = read(answer->body);
    if (!result) return tl::unexpected(unusable(*answer, result.error()));
    const auto date = ports::find_header(answer->headers, "Date");
    if (date) result->served_at = instant_from_http_date(*date);
    return std::move(*result);
  }

  ports::Http& http_;
  Settings settings_;
};

}  // namespace

std::unique_ptr<ports::ShipStation> make_shipstation(ports::Http& http, Settings settings) {
  return std::make_unique<Api>(http, std::move(settings));
}

}  // namespace tallyman::shipstation
