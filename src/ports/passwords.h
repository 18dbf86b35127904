// Hashes of passwords, as slow as they are meant to be. An implementation bounds how many are made
// at a time, because each takes its memory.
#pragma once

#include <string>

#include "domain/base/secret.h"

namespace tallyman::ports {

class Passwords {
 public:
  virtual ~Passwords() = default;
  // "$argon2id$v=19$m=19456,t=2,p=1$…": different each time, also for the same password.
  virtual std::string hash(const Secret& password) = 0;
  // False also for text that is no hash at all.
  virtual bool matches(const Secret& password, const std::string& hash) = 0;
  // Made with other parameters than hash() uses now: to be made anew when the password is known.
  virtual bool is_outdated(const std::string& hash) const = 0;
  // A hash that no password matches, checked in place of one that is not there: the answer then
  // takes as long as for somebody who exists.
  virtual const std::string& of_nobody() const = 0;
};

}  // namespace tallyman::ports
