#include "adapters/curl/easy.h"

#include <algorithm>
#include <new>
#include <stdexcept>

#include <fmt/format.h>

namespace tallyman::curl {

void start() {
  static const CURLcode started = curl_global_init(CURL_GLOBAL_DEFAULT);
  if (started != CURLE_OK) {
    throw std::runtime_error(fmt::format("libcurl: {}", curl_easy_strerror(started)));
  }
}

Easy make_easy() {
  Easy easy(curl_easy_init());
  if (!easy) throw std::bad_alloc();
  return easy;
}

void must_be_set(CURLcode code, CURLoption option) {
  if (code == CURLE_OUT_OF_MEMORY) throw std::bad_alloc();
  if (code != CURLE_OK) {
    throw std::runtime_error(fmt::format("libcurl refuses setting {}: {}", static_cast<int>(option),
                                         curl_easy_strerror(code)));
  }
}

long milliseconds(std::chrono::milliseconds time) {
  return static_cast<long>(std::max<std::chrono::milliseconds::rep>(time.count(), 1));
}

bool is_tls_failure(CURLcode code) {
  constexpr CURLcode kTls[] = {CURLE_SSL_CONNECT_ERROR,     CURLE_PEER_FAILED_VERIFICATION,
                               CURLE_SSL_CERTPROBLEM,       CURLE_SSL_CIPHER,
                               CURLE_SSL_CACERT_BADFILE,    CURLE_SSL_ISSUER_ERROR,
                               CURLE_SSL_INVALIDCERTSTATUS, CURLE_SSL_PINNEDPUBKEYNOTMATCH,
                               CURLE_USE_SSL_FAILED,        CURLE_SSL_ENGINE_INITFAILED};
  return std::ranges::find(kTls, code) != std::end(kTls);
}

}  // namespace tallyman::curl
