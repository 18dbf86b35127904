#include "adapters/time/process_identity.h"

#include <gtest/gtest.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <string>

namespace tallyman::timing {
namespace {

// A process that has told its identity and then waits to be killed.
class Other {
 public:
  Other() {
    std::array<int, 2> ends{};
    EXPECT_EQ(pipe(ends.data()), 0);
    pid_ = fork();
    if (pid_ == 0) {
      const std::string text = process_identity();
      if (write(ends[1], text.data(), text.size()) < 0) _exit(1);
      for (;;) pause();
    }
    close(ends[1]);
    std::array<char, 512> text{};
    const ssize_t length = read(ends[0], text.data(), text.size());
    if (length > 0) identity_.assign(text.data(), static_cast<std::size_t>(length));
    close(ends[0]);
  }
  ~Other() {
    if (pid_ > 0) end();
  }
  void kill_only() const {
    kill(pid_, SIGKILL);
    siginfo_t seen{};
    waitid(P_PID, static_cast<id_t>(pid_), &seen, WEXITED | WNOWAIT);  // dead, not yet reaped
  }
  void end() {
    kill(pid_, SIGKILL);
    waitpid(pid_, nullptr, 0);
    pid_ = 0;
  }
  void stop_running() const {
    kill(pid_, SIGSTOP);
    waitpid(pid_, nullptr, WUNTRACED);
  }
  const std::string& identity() const { return identity_; }

 private:
  pid_t pid_ = 0;
  std::string identity_;
};

TEST(ProcessIdentity, AProcessThatRunsIsNotGone) {
  EXPECT_FALSE(is_gone(process_identity()));
  const Other other;
  EXPECT_FALSE(is_gone(other.identity()));
}

TEST(ProcessIdentity, AStoppedProcessIsNotGone) {
  const Other other;
  other.stop_running();
  EXPECT_FALSE(is_gone(other.identity()));
}

TEST(ProcessIdentity, AKilledProcessIsGoneEvenBeforeItsParentNoticed) {
  Other other;
  other.kill_only();
  EXPECT_TRUE(is_gone(other.identity()));
  other.end();
  EXPECT_TRUE(is_gone(other.identity()));
}

TEST(ProcessIdentity, AnotherProcessWithTheSameNumberIsNotTheOneThatHeldIt) {
  std::string earlier = process_identity();
  earlier.back() = earlier.back() == '1' ? '2' : '1';  // started at another time
  EXPECT_TRUE(is_gone(earlier));
}

TEST(ProcessIdentity, OfAnotherMachineOrInAnotherFormNothingIsClaimed) {
  Other other;
  other.end();
  std::string elsewhere = other.identity();
  const auto boot = elsewhere.find(" #") + 2;
  elsewhere[boot] = elsewhere[boot] == '0' ? '1' : '0';
  EXPECT_FALSE(is_gone(elsewhere));
  EXPECT_FALSE(is_gone("web1, process 4711"));
  EXPECT_FALSE(is_gone(""));
  EXPECT_FALSE(is_gone(other.identity().substr(0, boot)));
}

}  // namespace
}  // namespace tallyman::timing
