// Refuses calls to a partner that has failed several times in a row, at once and before they cost a
// token of the rate budget: the outermost of the layers before a partner's adapter. One probe at a
// time finds out whether it answers again. Shared by all nodes through the table `breakers`.
#pragma once

#include <optional>
#include <string>

#include "domain/work/breaker.h"
#include "ports/database.h"
#include "ports/http.h"
#include "ports/random.h"

namespace tallyman::engine {

class BreakerHttp final : public ports::Http {
 public:
  // `partner` as in the table: "shipstation".
  BreakerHttp(ports::Http& inner, ports::Database& database, ports::Random& random,
              std::string partner, work::BreakerRules rules = {});

  // A refused call is HttpError::paused and says why and until when.
  ports::HttpResult send(const ports::HttpRequest& request, std::stop_token stop) override;

 private:
  struct Gate {
    work::Admission admission = work::Admission::pass;
    bool was_well = true;  // no failure noted: an answer changes nothing
    std::string reason{};
    Instant next_probe{};
    Micros until_probe{};
  };
  Gate ask_gate();
  void note(const Gate& gate, const ports::HttpResult& answer);

  ports::Http& inner_;
  ports::Database& database_;
  ports::Random& random_;
  std::string partner_;
  work::BreakerRules rules_;
};

}  // namespace tallyman::engine
