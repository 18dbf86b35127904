#include "adapters/mail/smtp.h"

#include <algorithm>
#include <new>
#include <stdexcept>
#include <utility>

#include <curl/curl.h>
#include <fmt/format.h>

#include "adapters/curl/easy.h"
#include "adapters/mail/message.h"
#include "domain/base/mail_address.h"

namespace tallyman::mail {

using curl::set;
using ports::MailError;
using ports::MailFailure;
using ports::MailResult;

namespace {

constexpr std::size_t kAnswerBytesMost = 64U << 10U;  // of everything the server says
constexpr std::size_t kAnswerShown = 200;             // of its last line, to people

// One mail on its way.
class Delivery {
 public:
  Delivery(const SmtpSettings& settings, const std::string& to, std::string bytes,
           std::stop_token stop)
      : settings_(settings),
        bytes_(std::move(bytes)),
        stop_(std::move(stop)),
        easy_(curl::make_easy()) {
    set_server();
    set_envelope(to);
    set_callbacks();
  }
  Delivery(const Delivery&) = delete;
  Delivery& operator=(const Delivery&) = delete;

  MailResult run();

 private:
  void set_server();
  void set_envelope(const std::string& to);
  void set_callbacks();
  MailError kind_of(CURLcode code) const;
  std::string reason(CURLcode code, MailError kind) const;

  static std::size_t on_read(char* into, std::size_t one, std::size_t count, void* self) noexcept;
  static std::size_t on_answer(const char* line, std::size_t one, std::size_t size,
                               void* self) noexcept;
  static int on_turn(void* self, curl_off_t, curl_off_t, curl_off_t, curl_off_t) noexcept;

  const SmtpSettings& settings_;
  std::string bytes_;
  std::stop_token stop_;
  std::size_t sent_ = 0;
  bool all_sent_ = false;  // from here on the server may have taken it
  std::size_t answer_bytes_ = 0;
  bool answer_too_long_ = false;
  std::string last_answer_;
  char error_[CURL_ERROR_SIZE] = {};
  curl::List recipients_;
  curl::Easy easy_;  // last: it may call back until it is gone
};

void Delivery::set_server() {
  CURL* const easy = easy_.get();
  const bool six = settings_.server.find(':') != std::string::npos;
  const std::string url =
      fmt::format("{}://{}{}{}:{}", settings_.security == Security::tls ? "smtps" : "smtp",
                  six ? "[" : "", settings_.server, six ? "]" : "", settings_.port);
  set(easy, CURLOPT_URL, url.c_str());
  set(easy, CURLOPT_PROTOCOLS_STR, settings_.security == Security::tls ? "smtps" : "smtp");
  set(easy, CURLOPT_USE_SSL,
      static_cast<long>(settings_.security == Security::none ? CURLUSESSL_NONE : CURLUSESSL_ALL));
  set(easy, CURLOPT_SSLVERSION, static_cast<long>(CURL_SSLVERSION_TLSv1_2));
  set(easy, CURLOPT_SSL_VERIFYPEER, 1L);
  set(easy, CURLOPT_SSL_VERIFYHOST, 2L);
  if (settings_.ca_file) {
    set(easy, CURLOPT_CAINFO, settings_.ca_file->c_str());
    set(easy, CURLOPT_CAPATH, static_cast<const char*>(nullptr));
  }
  if (!settings_.user.empty()) {
    set(easy, CURLOPT_USERNAME, settings_.user.c_str());
    set(easy, CURLOPT_PASSWORD, settings_.password.reveal().c_str());
  }
  set(easy, CURLOPT_PROXY, "");  // also keeps the environment's proxies out
  set(easy, CURLOPT_NETRC, static_cast<long>(CURL_NETRC_IGNORED));
  set(easy, CURLOPT_NOSIGNAL, 1L);
  set(easy, CURLOPT_CONNECTTIMEOUT_MS, curl::milliseconds(settings_.connect_timeout));
  set(easy, CURLOPT_TIMEOUT_MS, curl::milliseconds(settings_.total_timeout));
  // Else a server that says nothing to our farewell is waited for two minutes more.
  set(easy, CURLOPT_SERVER_RESPONSE_TIMEOUT,
      static_cast<long>(std::chrono::ceil<std::chrono::seconds>(settings_.total_timeout).count()));
  set(easy, CURLOPT_QUICK_EXIT, 1L);
}

void Delivery::set_envelope(const std::string& to) {
  CURL* const easy = easy_.get();
  set(easy, CURLOPT_MAIL_FROM, fmt::format("<{}>", settings_.from).c_str());
  recipients_.reset(curl_slist_append(nullptr, fmt::format("<{}>", to).c_str()));
  if (!recipients_) throw std::bad_alloc();
  set(easy, CURLOPT_MAIL_RCPT, recipients_.get());
  set(easy, CURLOPT_UPLOAD, 1L);
  set(easy, CURLOPT_INFILESIZE_LARGE, static_cast<curl_off_t>(bytes_.size()));
}

void Delivery::set_callbacks() {
  CURL* const easy = easy_.get();
  set(easy, CURLOPT_ERRORBUFFER, &error_[0]);
  set(easy, CURLOPT_READFUNCTION, &Delivery::on_read);
  set(easy, CURLOPT_READDATA, static_cast<void*>(this));
  set(easy, CURLOPT_HEADERFUNCTION, &Delivery::on_answer);
  set(easy, CURLOPT_HEADERDATA, static_cast<void*>(this));
  set(easy, CURLOPT_WRITEFUNCTION, &Delivery::on_answer);
  set(easy, CURLOPT_WRITEDATA, static_cast<void*>(this));
  set(easy, CURLOPT_NOPROGRESS, 0L);
  set(easy, CURLOPT_XFERINFOFUNCTION, &Delivery::on_turn);
  set(easy, CURLOPT_XFERINFODATA, static_cast<void*>(this));
}

std::size_t Delivery::on_read(char* into, std::size_t one, std::size_t count, void* self) noexcept {
  auto* const delivery = static_cast<Delivery*>(self);
  const auto part = std::min(one * count, delivery->bytes_.size() - delivery->sent_);
  std::copy_n(delivery->bytes_.data() + delivery->sent_, part, into);
  delivery->sent_ += part;
  // What is handed over may be on the wire at any moment, and behind it the dot that ends it.
  if (delivery->sent_ == delivery->bytes_.size()) delivery->all_sent_ = true;
  return part;
}

std::size_t Delivery::on_answer(const char* line, std::size_t one, std::size_t size,
                                void* self) noexcept {
  auto* const delivery = static_cast<Delivery*>(self);
  const std::size_t bytes = one * size;
  delivery->answer_bytes_ += bytes;
  if (delivery->answer_bytes_ > kAnswerBytesMost) {
    delivery->answer_too_long_ = true;
    return 0;
  }
  if (std::string_view(line, bytes).starts_with("221")) return bytes;  // farewell, says nothing
  delivery->last_answer_.clear();
  for (const char c : std::string_view(line, std::min(bytes, kAnswerShown))) {
    const bool plain =
        static_cast<unsigned char>(c) >= 0x20 && static_cast<unsigned char>(c) < 0x7F;
    if (plain) delivery->last_answer_ += c;
  }
  return bytes;
}

// At least once a second.
int Delivery::on_turn(void* self, curl_off_t, curl_off_t, curl_off_t, curl_off_t) noexcept {
  return static_cast<Delivery*>(self)->stop_.stop_requested() ? 1 : 0;
}

// What matters is whether the server may have taken the mail: an answer of its own says so, and
// before the last byte was sent it cannot have.
MailError Delivery::kind_of(CURLcode code) const {
  if (code == CURLE_OUT_OF_MEMORY) throw std::bad_alloc();
  long answer = 0;
  curl_easy_getinfo(easy_.get(), CURLINFO_RESPONSE_CODE, &answer);
  const bool lost = code == CURLE_OPERATION_TIMEDOUT || code == CURLE_RECV_ERROR ||
                    code == CURLE_GOT_NOTHING || code == CURLE_ABORTED_BY_CALLBACK ||
                    answer_too_long_;
  const bool refused = answer >= 400 && answer <= 599 && !lost;
  if (code == CURLE_LOGIN_DENIED) {
    return answer >= 400 && answer < 500 ? MailError::temporary : MailError::login;
  }
  if (curl::is_tls_failure(code)) return MailError::tls;
  if (refused) return answer < 500 ? MailError::temporary : MailError::permanent;
  if (all_sent_) return MailError::unknown;
  if (code == CURLE_ABORTED_BY_CALLBACK) return MailError::stopped;
  if (code == CURLE_COULDNT_RESOLVE_HOST || code == CURLE_COULDNT_CONNECT) {
    return MailError::not_connected;
  }
  if (code != CURLE_OPERATION_TIMEDOUT) return MailError::broken;
  curl_off_t connected_after = 0;
  curl_easy_getinfo(easy_.get(), CURLINFO_CONNECT_TIME_T, &connected_after);
  return connected_after == 0 ? MailError::not_connected : MailError::timeout;
}

std::string Delivery::reason(CURLcode code, MailError kind) const {
  switch (kind) {
    case MailError::temporary:
    case MailError::permanent: return fmt::format("the server said: {}", last_answer_);
    case MailError::login: return "the server refuses user or password";
    case MailError::unknown:
      return "the connection ended before the server confirmed the mail; it may have taken it";
    case MailError::stopped: return "stopped on request";
    case MailError::bad_message:
    case MailError::not_connected:
    case MailError::tls:
    case MailError::timeout:
    case MailError::broken: break;
  }
  if (answer_too_long_) return "the server talks without end";
  return error_[0] == '\0' ? curl_easy_strerror(code) : &error_[0];
}

MailResult Delivery::run() {
  const CURLcode code = curl_easy_perform(easy_.get());
  if (code == CURLE_OK) return ports::MailTaken{.answer = last_answer_};
  const MailError kind = kind_of(code);
  return tl::unexpected(
      MailFailure{.kind = kind,
                  .what = fmt::format("{}:{}: {}: {}", settings_.server, settings_.port,
                                      ports::word(kind), reason(code, kind))});
}

class Smtp final : public ports::Mail {
 public:
  explicit Smtp(SmtpSettings settings) : settings_(std::move(settings)) {}

  MailResult send(const ports::MailMessage& message, std::stop_token stop) override {
    auto bytes = compose(message, settings_.from);
    if (!bytes) {
      return tl::unexpected(
          MailFailure{.kind = MailError::bad_message, .what = bytes.error().what});
    }
    return Delivery(settings_, message.to, std::move(*bytes), std::move(stop)).run();
  }

 private:
  const SmtpSettings settings_;
};

}  // namespace

bool is_loopback(std::string_view server) {
  const bool is_address = server.find_first_not_of("0123456789.") == std::string_view::npos;
  return server == "localhost" || server == "::1" || (server.starts_with("127.") && is_address);
}

std::unique_ptr<ports::Mail> make_smtp(SmtpSettings settings) {
  curl::start();
  if (settings.server.empty() || settings.server.find_first_of(" /@?#\r\n") != std::string::npos) {
    throw std::runtime_error("the mail server is not a name or an address");
  }
  if (settings.security == Security::none && !is_loopback(settings.server)) {
    throw std::runtime_error(
        "mail without encryption goes to this machine only; use starttls or tls");
  }
  if (!mail_address_from(settings.from)) {
    throw std::runtime_error("mail needs an address to send from");
  }
  return std::make_unique<Smtp>(std::move(settings));
}

}  // namespace tallyman::mail
