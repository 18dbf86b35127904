// A client whose calls are written down, and a short way to ask it.
#pragma once

#include <chrono>
#include <memory>
#include <mutex>
#include <optional>
#include <stop_token>
#include <string>
#include <utility>
#include <vector>

#include "adapters/http/client.h"
#include "ports/clock.h"

namespace tallyman::http {

class Ticking final : public ports::Clock {
 public:
  Instant now() override { return {}; }
  Micros steady() override {
    return std::chrono::duration_cast<Micros>(std::chrono::steady_clock::now().time_since_epoch());
  }
  ports::WaitEnd wait(Micros /*length*/, std::stop_token /*stop*/,
                      ports::Event* /*event*/) override {
    return ports::WaitEnd::reached;
  }
};

class Calls final : public ports::CallObserver {
 public:
  void called(const ports::CallRecord& record) override {
    const std::lock_guard lock(mutex_);
    records_.push_back(record);
  }
  std::vector<ports::CallRecord> all() const {
    const std::lock_guard lock(mutex_);
    return records_;
  }

 private:
  mutable std::mutex mutex_;
  std::vector<ports::CallRecord> records_;
};

class Asker {
 public:
  explicit Asker(std::optional<std::string> ca_file = std::nullopt)
      : http_(make_client({.user_agent = "tallyman-test/1",
                           .ca_file = std::move(ca_file),
                           .observer = &calls_,
                           .clock = clock_})) {}

  ports::HttpResult send(const ports::HttpRequest& request, std::stop_token stop = {}) {
    return http_->send(request, std::move(stop));
  }
  ports::HttpResult get(const std::string& url) {
    ports::HttpRequest request;
    request.url = url;
    return send(request);
  }
  const Calls& calls() const { return calls_; }

 private:
  Ticking clock_;
  Calls calls_;
  std::unique_ptr<ports::Http> http_;
};

inline ports::HttpRequest post(const std::string& url, std::string body) {
  ports::HttpRequest request;
  request.method = ports::HttpMethod::post;
  request.url = url;
  request.body = std::move(body);
  return request;
}

}  // namespace tallyman::http
