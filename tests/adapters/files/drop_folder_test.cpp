#include "adapters/files/drop_folder.h"

#include <gtest/gtest.h>
#include <sys/stat.h>

#include <fstream>

#include "support/databases.h"

namespace tallyman::files {
namespace {

using ports::DropAbsent;
using ports::DropFile;
using ports::DropUnusable;

class DropFolder : public ::testing::Test {
 protected:
  std::filesystem::path file() const { return place_.path() / "orders.xml"; }
  void put(const std::string& bytes) { std::ofstream(file(), std::ios::binary) << bytes; }
  std::string why() const {
    const auto drop = folder_->read();
    const auto* bad = std::get_if<DropUnusable>(&drop);
    return bad == nullptr ? "" : bad->why;
  }

  tests::TempFolder place_;
  std::unique_ptr<ports::DropFolder> folder_ = make_drop_folder(place_.path(), "orders.xml", 1000);
};

TEST_F(DropFolder, GivesTheWholeFileAndAMarkThatChangesWithIt) {
  EXPECT_TRUE(std::holds_alternative<DropAbsent>(folder_->read()));
  EXPECT_EQ(folder_->mark(), std::nullopt);
  put("first");
  const auto before = folder_->mark();
  EXPECT_EQ(std::get<DropFile>(folder_->read()).bytes, "first");
  EXPECT_EQ(folder_->mark(), before);
  put("second one");
  EXPECT_NE(folder_->mark(), before);
  EXPECT_EQ(std::get<DropFile>(folder_->read()).bytes, "second one");
  put("");
  EXPECT_EQ(std::get<DropFile>(folder_->read()).bytes, "");
}

TEST_F(DropFolder, RefusesAFileThatIsTooLargeUnread) {
  put(std::string(1000, 'x'));
  EXPECT_EQ(why(), "");
  put(std::string(1001, 'x'));
  EXPECT_EQ(why(), "orders.xml cannot be read: it has 1001 bytes; at most 1000 (0 MiB) are read");
}

TEST_F(DropFolder, FollowsNoLinkAndOpensNothingButPlainFiles) {
  std::filesystem::create_symlink("/etc/hostname", file());
  EXPECT_EQ(why(), "orders.xml cannot be read: it is a link");
  std::filesystem::remove(file());
  std::filesystem::create_directory(file());
  EXPECT_EQ(why(), "orders.xml cannot be read: it is no plain file");
  std::filesystem::remove(file());
  ASSERT_EQ(mkfifo(file().c_str(), 0600), 0);
  EXPECT_EQ(why(), "orders.xml cannot be read: it is no plain file") << "and does not wait for it";
}

TEST_F(DropFolder, AFolderThatIsNotThereIsNoEmptyOne) {
  const auto gone = make_drop_folder(place_.path() / "gone", "orders.xml", 1000);
  const auto drop = gone->read();
  ASSERT_TRUE(std::holds_alternative<DropUnusable>(drop));
  EXPECT_NE(std::get<DropUnusable>(drop).why.find("cannot be opened"), std::string::npos);
}

}  // namespace
}  // namespace tallyman::files
