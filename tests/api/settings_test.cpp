#include "workflows/schedules.h"

#include "api/api_test.h"

namespace tallyman::tests {
namespace {

namespace json = boost::json;

class SettingsApi : public ApiTest {
 protected:
  SettingsApi() {
    context_.file_settings = {
        {"timezone", "America/Chicago", "default", "a zone name such as America/Chicago"},
        {"warehouse.cutoff", "13:00", "tallyman.toml:7", "a time of day such as 12:00"},
        {"shipstation.secret", "set", "TALLYMAN_SHIPSTATION_SECRET", "the API secret"}};
  }
  http_server::Response put(const std::string& key, const std::string& body) {
    return send("PUT", "/api/v1/settings/" + key, {{"Content-Type", "application/json"}}, body);
  }
  json::object find(const std::string& key) {
    const auto page = get("/api/v1/settings");
    for (const auto& item : page.at("items").as_array()) {
      if (item.at("key").as_string() == key) return item.as_object();
    }
    ADD_FAILURE() << "no setting " << key;
    return {};
  }
};

TEST_F(SettingsApi, ShowsWhereEveryValueComesFrom) {
  EXPECT_EQ(find("warehouse.business_hours").at("origin").as_string(), "default");
  const auto cutoff = find("warehouse.cutoff");
  EXPECT_EQ(cutoff.at("value").as_string(), "13:00");
  EXPECT_EQ(cutoff.at("default").as_string(), "12:00");
  EXPECT_EQ(cutoff.at("origin").as_string(), "tallyman.toml:7");
  EXPECT_EQ(cutoff.at("category").as_string(), "warehouse");
  EXPECT_TRUE(cutoff.at("editable").as_bool());
  EXPECT_FALSE(find("timezone").at("editable").as_bool());
  EXPECT_EQ(find("shipstation.secret").at("value").as_string(), "set");
}

TEST_F(SettingsApi, IsChangedAndTakenBackAndRemembersIt) {
  const auto changed = put("warehouse.cutoff", R"({"value":" 14:30 ","reason":"summer"})");
  ASSERT_EQ(changed.status, 200) << changed.body;
  const auto setting = json::parse(changed.body).as_object();
  EXPECT_EQ(setting.at("value").as_string(), "14:30");
  EXPECT_EQ(setting.at("origin").as_string(), "database");
  EXPECT_TRUE(setting.at("changed_by").is_string());
  EXPECT_EQ(wakes_, 1);
  const auto reset = send("DELETE", "/api/v1/settings/warehouse.cutoff");
  ASSERT_EQ(reset.status, 200);
  EXPECT_EQ(json::parse(reset.body).at("value").as_string(), "13:00");
  const auto history = get("/api/v1/settings/warehouse.cutoff/history").at("items").as_array();
  ASSERT_EQ(history.size(), 2U);
  EXPECT_TRUE(history[0].at("new_value").is_null());
  EXPECT_EQ(history[1].at("new_value").as_string(), "14:30");
  EXPECT_EQ(history[1].at("reason").as_string(), "summer");
  EXPECT_EQ(get("/api/v1/settings/warehouse.cutoff/history?limit=1").at("items").as_array().size(),
            1U);
}

TEST_F(SettingsApi, AValueOutOfRangeIsRefusedSayingWhatIsAllowed) {
  const auto refused = put("schedule.shipstation-sync", R"({"value":"every 0 minutes"})");
  EXPECT_EQ(refused.status, 422);
  EXPECT_NE(refused.body.find("every N minutes"), std::string::npos) << refused.body;
  EXPECT_NE(refused.body.find("Nothing was changed"), std::string::npos);
  EXPECT_EQ(story_.one("SELECT COUNT(*) FROM configuration_params"), "0");
  EXPECT_EQ(put("warehouse.cutoff", R"({"value":7})").status, 400);
  EXPECT_EQ(put("warehouse.cutoff", R"({"reason":"none"})").status, 400);
  EXPECT_EQ(put("warehouse.cutoff", R"({"value":"14:00","force":true})").status, 400);
}

TEST_F(SettingsApi, WhatTheFileDecidesAndWhatIsNotKnownIsRefused) {
  EXPECT_EQ(put("timezone", R"({"value":"UTC"})").status, 422);
  EXPECT_EQ(put("shipstation.secret", R"({"value":"x"})").status, 422);
  EXPECT_EQ(put("warehouse.colour", R"({"value":"x"})").status, 404);
  EXPECT_EQ(send("DELETE", "/api/v1/settings/warehouse.colour").status, 404);
  EXPECT_EQ(send("GET", "/api/v1/settings/warehouse.colour/history").status, 404);
}

TEST_F(SettingsApi, WhereASettingOfTheFileIsChangedIsSaidAsItIs) {
  context_.file_settings = {
      {"timezone", "America/Chicago", "default", "a zone name", "TALLYMAN_TIMEZONE"},
      {"server.url", "https://tally.example", "/etc/tallyman/tallyman.toml:7", "an URL",
       "TALLYMAN_SERVER_URL"},
      {"sync.interval_minutes", "10", "TALLYMAN_SYNC_INTERVAL_MINUTES", "a number",
       "TALLYMAN_SYNC_INTERVAL_MINUTES"}};
  const auto says = [&](const std::string& key, const std::string& words) {
    const auto refused = put(key, R"({"value":"UTC"})").body;
    EXPECT_NE(refused.find(words), std::string::npos) << refused;
  };
  says("timezone", "has its built-in value");
  says("timezone", "by TALLYMAN_TIMEZONE, and start");
  says("server.url", "is set by /etc/tallyman/tallyman.toml:7");
  says("sync.interval_minutes", "set schedule.shipstation-sync instead");
}

TEST_F(SettingsApi, AValueWrittenByPlainSqlCountsOrIsShownWithAWarning) {
  story_.script(
      "INSERT INTO configuration_params (category, parameter_name, value) "
      "VALUES ('warehouse', 'cutoff', '11:00')");
  EXPECT_EQ(find("warehouse.cutoff").at("value").as_string(), "11:00");
  EXPECT_EQ(find("warehouse.cutoff").at("changed_by").as_string(), "plain SQL");
  story_.script("UPDATE configuration_params SET value = 'lunch'");
  const auto cutoff = find("warehouse.cutoff");
  EXPECT_EQ(cutoff.at("value").as_string(), "13:00");
  EXPECT_EQ(cutoff.at("origin").as_string(), "tallyman.toml:7");
  EXPECT_NE(cutoff.at("warning").as_string().find("lunch"), std::string::npos);
}

}  // namespace
}  // namespace tallyman::tests
