// Small JSON texts that the book stores beside rows (changes, reasons, warnings). Private to book.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "domain/orders/change.h"

namespace tallyman::book {

std::string to_json(const std::vector<orders::FieldChange>& changes);
std::string to_json(const std::vector<std::string>& texts);
std::string to_json(const std::map<std::string, std::int64_t>& counts);

// What was stored by the functions above. Throws std::runtime_error when it is damaged.
std::vector<orders::FieldChange> changes_from_json(std::string_view json);
std::vector<std::string> texts_from_json(std::string_view json);
std::map<std::string, std::int64_t> counts_from_json(std::string_view json);

}  // namespace tallyman::book
