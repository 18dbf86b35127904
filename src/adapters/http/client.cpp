#include "adapters/http/client.h"

#include <mutex>
#include <optional>
#include <stdexcept>
#include <utility>
#include <vector>

#include <curl/curl.h>
#include <fmt/format.h>

#include "adapters/curl/easy.h"
#include "adapters/http/transfer.h"
#include "adapters/http/url.h"

namespace tallyman::http {

using ports::HttpError;
using ports::HttpFailure;
using ports::HttpResult;

namespace {

constexpr std::size_t kIdleLines = 16;    // kept for later; more callers than that open anew
constexpr long kConnectionsPerLine = 4;   // we speak with few hosts
constexpr int kPollMilliseconds = 1'000;  // libcurl's own timers wake earlier

struct MultiFree {
  void operator()(CURLM* multi) const { curl_multi_cleanup(multi); }
};
// A multi handle with its open connections. Used by one thread at a time: libcurl's connection
// cache cannot be shared between threads.
using Line = std::unique_ptr<CURLM, MultiFree>;

void expect_ok(CURLMcode code) {
  if (code != CURLM_OK) {
    throw std::runtime_error(fmt::format("libcurl: {}", curl_multi_strerror(code)));
  }
}

// A transfer while it belongs to a line.
class Attached {
 public:
  Attached(CURLM* multi, CURL* easy) : multi_(multi), easy_(easy) {
    expect_ok(curl_multi_add_handle(multi_, easy_));
  }
  ~Attached() { curl_multi_remove_handle(multi_, easy_); }
  Attached(const Attached&) = delete;
  Attached& operator=(const Attached&) = delete;

 private:
  CURLM* multi_;
  CURL* easy_;
};

class Client final : public ports::Http {
 public:
  explicit Client(ClientOptions options) : options_(std::move(options)) {}
  HttpResult send(const ports::HttpRequest& request, std::stop_token stop) override;

 private:
  HttpResult exchange(const ports::HttpRequest& request, const Url& url,
                      const std::stop_token& stop, ports::CallRecord& record);
  Line take_line();
  void give_back(Line line);

  const ClientOptions options_;
  std::mutex mutex_;
  std::vector<Line> idle_;  // guarded by mutex_; the last one is the warmest
};

Line Client::take_line() {
  {
    const std::lock_guard lock(mutex_);
    if (!idle_.empty()) {
      Line line = std::move(idle_.back());
      idle_.pop_back();
      return line;
    }
  }
  Line line(curl_multi_init());
  if (!line) throw std::bad_alloc();
  expect_ok(curl_multi_setopt(line.get(), CURLMOPT_MAXCONNECTS, kConnectionsPerLine));
  return line;
}

void Client::give_back(Line line) {
  const std::lock_guard lock(mutex_);
  if (idle_.size() < kIdleLines) idle_.push_back(std::move(line));
}

// How the only transfer on `multi` ended, or nothing while it runs.
std::optional<CURLcode> ended(CURLM* multi) {
  int left = 0;
  const CURLMsg* const message = curl_multi_info_read(multi, &left);
  if (message == nullptr || message->msg != CURLMSG_DONE) return std::nullopt;
  return message->data.result;
}

// Nothing when `stop` came first.
std::optional<CURLcode> run(CURLM* multi, const std::stop_token& stop) {
  const std::stop_callback wake(stop, [multi] { curl_multi_wakeup(multi); });
  while (!stop.stop_requested()) {
    int running = 0;
    expect_ok(curl_multi_perform(multi, &running));
    if (const auto code = ended(multi)) return code;
    expect_ok(curl_multi_poll(multi, nullptr, 0, kPollMilliseconds, nullptr));
  }
  return std::nullopt;
}

HttpResult Client::exchange(const ports::HttpRequest& request, const Url& url,
                            const std::stop_token& stop, ports::CallRecord& record) {
  Transfer transfer(options_, request, url);
  Line line = take_line();
  std::optional<CURLcode> code;
  {
    const Attached attached(line.get(), transfer.handle());
    code = run(line.get(), stop);
  }
  give_back(std::move(line));
  record.bytes_received = transfer.bytes_received();
  if (code) return transfer.result(*code);
  return tl::unexpected(HttpFailure{.kind = HttpError::stopped, .what = "stopped on request"});
}

HttpResult Client::send(const ports::HttpRequest& request, std::stop_token stop) {
  const Micros began = options_.clock.steady();
  ports::CallRecord record;
  record.method = request.method;
  const auto refused = [](std::string what) -> HttpResult {
    return tl::unexpected(HttpFailure{.kind = HttpError::bad_url, .what = std::move(what)});
  };
  const auto url = parse_url(request);
  if (url) {
    record.host = url->host;
    record.path = url->path;
  }
  const auto fault = fault_of(request.headers);
  const auto answer = [&]() -> HttpResult {
    if (!url) return refused(url.error().what);
    if (fault) return refused(*fault);
    return exchange(request, *url, stop, record);
  };
  HttpResult result = answer();
  if (result) {
    record.status = result->status;
  } else {
    record.failed = result.error().kind;
    result.error().what =
        fmt::format("{} {}{}: {}: {}", ports::word(request.method), record.host, record.path,
                    ports::word(result.error().kind), result.error().what);
  }
  record.took = options_.clock.steady() - began;
  if (options_.observer != nullptr) options_.observer->called(record);
  return result;
}

}  // namespace

std::unique_ptr<ports::Http> make_client(ClientOptions options) {
  curl::start();
  return std::make_unique<Client>(std::move(options));
}

}  // namespace tallyman::http
