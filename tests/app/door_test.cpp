// Where the program's own socket stands: in a folder that only its user may enter.
#include "app/door.h"

#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <stdexcept>

#include <unistd.h>

#include "support/databases.h"

namespace tallyman::app {
namespace {

namespace fs = std::filesystem;

class OwnSocket : public ::testing::Test {
 protected:
  OwnSocket() : folder(temp.path() / "tallyman") {
    if (const char* given = std::getenv("XDG_RUNTIME_DIR")) before = given;
    ::setenv("XDG_RUNTIME_DIR", temp.path().c_str(), 1);
    config.database.file = temp.path() / "book.db";
  }
  ~OwnSocket() override {
    if (before.empty()) {
      ::unsetenv("XDG_RUNTIME_DIR");
    } else {
      ::setenv("XDG_RUNTIME_DIR", before.c_str(), 1);
    }
  }

  tests::TempFolder temp;
  fs::path folder;
  std::string before;
  Config config;
};

TEST_F(OwnSocket, StandsInAFolderThatOnlyThisUserMayEnter) {
  const auto path = socket_path(config);
  EXPECT_EQ(fs::path(path).parent_path(), folder);
  EXPECT_EQ(fs::status(folder).permissions(), fs::perms::owner_all);
  EXPECT_EQ(socket_path(config), path) << "the same for the next command";
}

TEST_F(OwnSocket, AFolderThatOthersMayEnterIsRefused) {
  for (const auto open : {fs::perms::group_read, fs::perms::others_exec, fs::perms::group_write}) {
    fs::create_directory(folder);
    fs::permissions(folder, fs::perms::owner_all | open);
    EXPECT_THROW(socket_path(config), std::runtime_error);
    fs::remove(folder);
  }
}

TEST_F(OwnSocket, ALinkToSomewhereElseIsRefused) {
  fs::create_directory(temp.path() / "mine");
  fs::permissions(temp.path() / "mine", fs::perms::owner_all);
  fs::create_directory_symlink(temp.path() / "mine", folder);
  EXPECT_THROW(socket_path(config), std::runtime_error);
}

TEST_F(OwnSocket, AnotherUsersFolderIsRefused) {
  if (::geteuid() != 0) GTEST_SKIP() << "only root can make one";
  fs::create_directory(folder);
  fs::permissions(folder, fs::perms::owner_all);
  ASSERT_EQ(::chown(folder.c_str(), 65534, 65534), 0);
  EXPECT_THROW(socket_path(config), std::runtime_error);
}

}  // namespace
}  // namespace tallyman::app
