// A shipment that cannot be read is owed: the watermark of its list goes on, the row is asked for
// until it can be read.
#include <gtest/gtest.h>

#include "stories/story.h"

namespace tallyman::tests {
namespace {

using namespace std::chrono_literals;

// Damages one member of the first shipment of every list while told to; hides nothing else.
class Damaging final : public ports::Http {
 public:
  explicit Damaging(ports::Http& inner) : inner_(inner) {}
  ports::HttpResult send(const ports::HttpRequest& request, std::stop_token stop) override {
    auto answer = inner_.send(request, std::move(stop));
    if (!answer || request.url.find("/shipments") == std::string::npos) return answer;
    ++lists;
    const std::string sound = "\"isReturnLabel\":false";
    const auto at = answer->body.find(sound);
    if (damages && at != std::string::npos) {
      answer->body.replace(at, sound.size(), "\"isReturnLabel\":\"?\"");
    }
    return answer;
  }
  bool damages = false;
  int lists = 0;

 private:
  ports::Http& inner_;
};

class StreamQuarantine : public testing::Test {
 protected:
  StreamQuarantine() : plain_(story_.world(), story_.clock()), http_(plain_) {
    shipstation::Settings access;
    access.base_url = "https://shipstation.example";
    access.key = Secret(std::string(sandbox::kDemoKey));
    access.secret = Secret(std::string(sandbox::kDemoSecret));
    access.zone = pacific();
    shipstation_ = shipstation::make_shipstation(http_, std::move(access));
  }

  workflows::SyncResult sync(Micros wait = 5min) {
    story_.clock().advance(wait);
    workflows::ShipStationSync workflow({.database = story_.database(),
                                         .shipstation = *shipstation_,
                                         .clock = story_.clock(),
                                         .random = random_,
                                         .threads = threads_},
                                        story_.settings());
    return workflow.run(RunId{ports::random_hex128(random_)}, "story", {});
  }
  std::string open_rows() {
    return story_.one("SELECT COUNT(*) FROM quarantine WHERE state = 'open'");
  }
  std::int64_t manual_order(const std::string& number) {
    sandbox::OrderSpec spec;
    spec.number = number;
    spec.items.push_back({.sku = "17612 - 250340", .quantity = 2});
    return story_.world().create_order(spec);
  }

  Story story_;
  sandbox::SandboxHttp plain_;
  Damaging http_;
  std::unique_ptr<ports::ShipStation> shipstation_;
  timing::SeededRandom random_{7};
  NoThreads threads_;
};

TEST_F(StreamQuarantine, AnUnreadableShipmentIsAskedForUntilItCanBeRead) {
  sync();
  const auto id = manual_order("100901");
  sync();
  story_.world().ship(id);
  http_.damages = true;
  sync();
  EXPECT_EQ(open_rows(), "1");
  for (int hours = 0; hours < 3; ++hours) sync(1h);  // far beyond the overlap of the list
  EXPECT_EQ(open_rows(), "1");
  EXPECT_EQ(story_.one("SELECT COUNT(*) FROM shipments"), "0");

  http_.damages = false;
  sync();
  EXPECT_EQ(open_rows(), "0");
  EXPECT_EQ(story_.one("SELECT COUNT(*) FROM shipments"), "1");
  EXPECT_EQ(story_.differences(), std::vector<std::string>{});
  const int lists = http_.lists;
  sync();
  EXPECT_EQ(http_.lists, lists) << "nothing is owed any more";
}

}  // namespace
}  // namespace tallyman::tests
