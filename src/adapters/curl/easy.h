// What the HTTP and the mail client share of libcurl: handles that free themselves, settings that
// cannot fail unseen, and what a failure of TLS looks like.
#pragma once

#include <chrono>
#include <memory>

#include <curl/curl.h>

namespace tallyman::curl {

struct EasyFree {
  void operator()(CURL* easy) const { curl_easy_cleanup(easy); }
};
using Easy = std::unique_ptr<CURL, EasyFree>;

struct ListFree {
  void operator()(curl_slist* list) const { curl_slist_free_all(list); }
};
using List = std::unique_ptr<curl_slist, ListFree>;

// Once per process, before anything else. Throws std::runtime_error when libcurl cannot start.
void start();

Easy make_easy();  // throws std::bad_alloc

// Throws std::bad_alloc, or std::runtime_error for a setting that libcurl does not take.
void must_be_set(CURLcode code, CURLoption option);

template <class Value>
void set(CURL* easy, CURLoption option, Value value) {
  must_be_set(curl_easy_setopt(easy, option, value), option);
}

// libcurl reads 0 as "no limit", which we never want: at least 1.
long milliseconds(std::chrono::milliseconds time);

bool is_tls_failure(CURLcode code);

}  // namespace tallyman::curl
