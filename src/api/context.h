// What the API's handlers may touch. Built in app, top to bottom.
#pragma once

#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "api/door_state.h"
#include "api/origin.h"
#include "domain/base/zone.h"
#include "domain/orders/sku_text.h"
#include "domain/settings/values.h"
#include "ports/clock.h"
#include "ports/database.h"
#include "ports/passwords.h"
#include "ports/random.h"
#include "views/sync_status.h"
#include "workflows/xml_import.h"

namespace tallyman::api {

class LiveFeed;
class Meters;
// Whether and how mail leaves the house.
struct MailDoor {
  bool configured = false;
  std::string server{};  // "smtp.example.com:587", for people
  std::string from{};    // an address
  std::function<std::vector<std::string>(ports::Tx&)> alerts_to{};  // in force now
};

// How the shop's file comes in.
struct ImportDoor {
  std::string folder{};  // that is watched; empty: none
  std::string file_name = "orders.xml";
  // What importing these bytes would do. Empty where files cannot be taken in.
  std::function<workflows::ImportPreview(std::string_view name, std::string_view bytes)> preview{};
};

struct Context {
  ports::Database& database;
  ports::Clock& clock;
  AccountId account = kDefaultAccount;
  Zone warehouse;
  orders::KnownSkus known_skus;  // by which SKU texts are read where nothing else is in force
  // Those of the settings in force, as the sync reads them; empty: `known_skus`.
  std::function<orders::KnownSkus(ports::Tx&)> key_skus_now{};
  views::SyncStatusRules status;
  std::string version;
  bool demo = false;
  std::optional<std::filesystem::path> dev_assets{};
  // Something was enqueued or cancelled, a switch or a setting was changed: the worker and the
  // schedule of this program look at once.
  std::function<void()> wake_jobs{};
  std::string node_id{};      // of this program's worker
  std::string key_ends_in{};  // of ShipStation's key: enough to recognise it
  // This program only does what it is asked for; the schedule is another's.
  bool is_scheduled = false;
  // Until when orders leave today, "12:00" in the warehouse zone; none: no cut-off.
  std::function<std::optional<std::string>(ports::Tx&)> cutoff{};
  // Who may come in, and from where.
  DoorRules door{};
  // Shared, because a Context is copied together from parts and this must stay one.
  std::shared_ptr<DoorState> door_state = std::make_shared<DoorState>();
  // Both are needed where somebody signs in; a program without sign-in has neither.
  ports::Passwords* passwords = nullptr;
  ports::Random* random = nullptr;
  // Everything that the file and the environment decide; secrets only as "set" or "not set".
  std::vector<settings::FileValue> file_settings{};
  // Whether a partner ("shipstation") has credentials here. Empty: as in `status`.
  std::function<bool(std::string_view partner)> is_set_up{};
  // Since when this program runs what is scheduled; none: it does not, and misses nothing.
  std::optional<Instant> up_since{};
  Meters* meters = nullptr;  // none: nothing is counted
  LiveFeed* live = nullptr;  // none where nobody can watch: in a command
  MailDoor mail{};
  ImportDoor imports{};
};

}  // namespace tallyman::api
