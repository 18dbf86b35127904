#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <memory>
#include <string>
#include <vector>

#include <gtest/gtest.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

#include "http_server/serving.h"
#include "http_server/wire.h"

namespace tallyman::http_server {
namespace {

namespace fs = std::filesystem;

const std::string kGet = "GET / HTTP/1.1\r\nHost: h\r\n\r\n";

class UnixSocket : public testing::Test {
 protected:
  UnixSocket() {
    std::string pattern = (fs::temp_directory_path() / "tallyman-XXXXXX").string();
    folder_ = ::mkdtemp(pattern.data());
    path_ = folder_ / "door";
  }
  ~UnixSocket() override { fs::remove_all(folder_); }

  Options only_here() const {
    Options options;
    options.listen.address = "";
    options.listen.unix_socket = path_.string();
    return options;
  }

  // A socket file as a killed program leaves it.
  void leave_stale_file() const {
    const int fd = ::socket(AF_UNIX, SOCK_STREAM, 0);
    ASSERT_GE(fd, 0);
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    path_.string().copy(address.sun_path, sizeof address.sun_path - 1);
    ASSERT_EQ(::bind(fd, reinterpret_cast<const sockaddr*>(&address), sizeof address), 0);
    ::close(fd);
  }

  std::string reason_against(const Options& options) const {
    try {
      const Server server(options, echo);
    } catch (const ListenError& error) {
      return error.what();
    }
    return "";
  }

  fs::path folder_;
  fs::path path_;
};

TEST_F(UnixSocket, StrangersWhoTakeEveryPlaceDoNotKeepOutWhoRunsTheProgram) {
  Options options = only_here();
  options.listen.address = "127.0.0.1";
  options.limits.connections = 4;
  options.limits.connections_per_peer = 2;
  options.limits.socket_connections = 2;
  Server server(options, echo);
  std::vector<std::unique_ptr<wire::Wire>> strangers;
  for (const auto* from : {"127.0.0.2", "127.0.0.3"}) {
    for (int i = 0; i < 2; ++i) {
      strangers.push_back(std::make_unique<wire::Wire>(server.port(), "127.0.0.1", from));
      ASSERT_EQ(strangers.back()->ask(kGet).status, 200);
    }
  }
  // Those who are turned away take none of its places either.
  for (int i = 0; i < 200; ++i) {
    strangers.push_back(std::make_unique<wire::Wire>(server.port(), "127.0.0.1", "127.0.0.4"));
  }
  wire::Wire own(path_.string());
  EXPECT_EQ(own.ask(kGet).status, 200);
  wire::Wire second(path_.string());
  EXPECT_EQ(second.ask(kGet).status, 200);
  EXPECT_EQ(wire::Wire(path_.string()).read().status, 503) << "but not without end";
}

TEST_F(UnixSocket, IsOpenForItsOwnerOnlyAndSaysSo) {
  const Server server(only_here(), [](const Request& asked) { return text_response(asked.peer); });
  struct stat file{};
  ASSERT_EQ(::stat(path_.c_str(), &file), 0);
  EXPECT_EQ(file.st_mode & 0777U, 0600U);
  EXPECT_EQ(server.port(), 0);
  wire::Wire client(path_.string());
  EXPECT_EQ(client.ask(kGet).body, "unix");
  EXPECT_EQ(client.ask(kGet).body, "unix");
}

TEST_F(UnixSocket, CanBeOfferedBesideAPort) {
  Options options;
  options.listen.unix_socket = path_.string();
  const Server server(options, [](const Request& asked) { return text_response(asked.peer); });
  EXPECT_EQ(wire::Wire(path_.string()).ask(kGet).body, "unix");
  EXPECT_EQ(wire::Wire(server.port()).ask(kGet).body, "127.0.0.1");
}

TEST_F(UnixSocket, IsRemovedAtTheEnd) {
  {
    const Server server(only_here(), echo);
  }
  EXPECT_FALSE(fs::exists(path_));
}

TEST_F(UnixSocket, ReplacesTheFileOfADeadProgram) {
  leave_stale_file();
  const Server server(only_here(), echo);
  EXPECT_EQ(wire::Wire(path_.string()).ask(kGet).status, 200);
}

TEST_F(UnixSocket, LeavesTheSocketOfALivingProgramAlone) {
  const Server first(only_here(), echo);
  EXPECT_EQ(reason_against(only_here()),
            "cannot listen on " + path_.string() + ": another program listens there");
  EXPECT_EQ(wire::Wire(path_.string()).ask(kGet).status, 200);
}

TEST_F(UnixSocket, LeavesAFileThatIsNoSocketAlone) {
  std::ofstream(path_) << "somebody's notes";
  EXPECT_EQ(reason_against(only_here()),
            "cannot listen on " + path_.string() + ": the file exists and is not a socket");
  EXPECT_EQ(fs::file_size(path_), 16U);
}

TEST_F(UnixSocket, DoesNotRemoveTheSocketOfItsSuccessor) {
  auto first = std::make_unique<Server>(only_here(), echo);
  fs::remove(path_);
  const Server second(only_here(), echo);
  first.reset();
  EXPECT_EQ(wire::Wire(path_.string()).ask(kGet).status, 200);
}

TEST_F(UnixSocket, NamesAPathThatCannotBe) {
  Options options = only_here();
  options.listen.unix_socket = (folder_ / std::string(120, 'x')).string();
  EXPECT_NE(reason_against(options).find("1 to 107 bytes"), std::string::npos);
  options.listen.unix_socket = (folder_ / "missing" / "door").string();
  EXPECT_NE(reason_against(options).find("No such file"), std::string::npos);
}

// Answers what a process of another user hears: 0 nothing, 1 something, 2 it could not connect.
int ask_as_nobody(const std::string& path) {
  const pid_t child = ::fork();
  if (child == 0) {
    if (::setgid(65534) != 0 || ::setuid(65534) != 0) ::_exit(3);
    const int fd = ::socket(AF_UNIX, SOCK_STREAM, 0);
    if (fd < 0) ::_exit(4);
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    path.copy(address.sun_path, sizeof address.sun_path - 1);
    if (::connect(fd, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0) ::_exit(2);
    [[maybe_unused]] const auto sent = ::send(fd, kGet.data(), kGet.size(), MSG_NOSIGNAL);
    char byte = 0;
    ::_exit(::recv(fd, &byte, 1, 0) > 0 ? 1 : 0);
  }
  int status = 0;
  ::waitpid(child, &status, 0);
  return WEXITSTATUS(status);
}

TEST_F(UnixSocket, IsShutToOtherUsersByItsModeAndByAskingWhoTheyAre) {
  if (::geteuid() != 0) GTEST_SKIP() << "only root can become another user";
  const Server server(only_here(), echo);
  fs::permissions(folder_, fs::perms::all);
  EXPECT_EQ(ask_as_nobody(path_.string()), 2) << "the mode keeps them out";
  fs::permissions(path_, fs::perms::all);
  EXPECT_EQ(ask_as_nobody(path_.string()), 0) << "the peer check keeps them out";
}

}  // namespace
}  // namespace tallyman::http_server
