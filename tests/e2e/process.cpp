#include "tests/e2e/process.h"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <stdexcept>
#include <system_error>
#include <utility>

namespace tallyman::tests {

namespace {

using std::chrono::steady_clock;

std::vector<char*> pointers(const std::vector<std::string>& texts) {
  std::vector<char*> all;
  all.reserve(texts.size() + 1);
  for (const auto& text : texts) all.push_back(const_cast<char*>(text.c_str()));
  all.push_back(nullptr);
  return all;
}

[[noreturn]] void fail(const std::string& what, int error) {
  throw std::runtime_error(what + ": " + std::generic_category().message(error));
}

}  // namespace

Process::Process(const std::vector<std::string>& words, const Environment& environment) {
  std::vector<std::string> line{"setpriv", "--pdeathsig", "SIGKILL"};
  line.insert(line.end(), words.begin(), words.end());
  std::vector<std::string> variables;
  for (const auto& [name, value] : environment) variables.push_back(name + "=" + value);
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
  std::array<int, 2> theirs{};
  for (int stream = 0; stream < 2; ++stream) {
    std::array<int, 2> ends{};
    if (pipe2(ends.data(), O_CLOEXEC) != 0) fail("pipe", errno);
    streams_[stream].fd = ends[0];
    fcntl(ends[0], F_SETFL, O_NONBLOCK);
    theirs[static_cast<std::size_t>(stream)] = ends[1];
    posix_spawn_file_actions_adddup2(&actions, ends[1],
                                     stream == 0 ? STDOUT_FILENO : STDERR_FILENO);
  }
  const int error = posix_spawnp(&pid_, "setpriv", &actions, nullptr, pointers(line).data(),
                                 pointers(variables).data());
  posix_spawn_file_actions_destroy(&actions);
  for (const int fd : theirs) close(fd);
  if (error != 0) {
    close_all();
    fail("cannot start " + words.front(), error);
  }
  end_ = static_cast<int>(syscall(SYS_pidfd_open, pid_, 0));
  if (end_ < 0) fail("pidfd_open", errno);
}

Process::Process(Process&& other) noexcept
    : pid_(std::exchange(other.pid_, -1)),
      end_(std::exchange(other.end_, -1)),
      ended_(other.ended_),
      code_(other.code_) {
  for (int stream = 0; stream < 2; ++stream) {
    streams_[stream].fd = std::exchange(other.streams_[stream].fd, -1);
    streams_[stream].text = std::move(other.streams_[stream].text);
  }
}

Process::~Process() {
  if (pid_ > 0 && !ended_) {
    ::kill(pid_, SIGKILL);
    waitpid(pid_, nullptr, 0);
  }
  close_all();
}

void Process::close_all() {
  for (int* fd : {&end_, &streams_[0].fd, &streams_[1].fd}) {
    if (*fd >= 0) close(*fd);
    *fd = -1;
  }
}

void Process::signal(int number) const { ::kill(pid_, number); }

void Process::drain() {
  for (auto& stream : streams_) {
    std::array<char, 65'536> bytes{};
    ssize_t length = 0;
    while (stream.fd >= 0 && (length = read(stream.fd, bytes.data(), bytes.size())) > 0) {
      stream.text.append(bytes.data(), static_cast<std::size_t>(length));
    }
    if (stream.fd >= 0 && length == 0) {
      close(stream.fd);
      stream.fd = -1;
    }
  }
}

bool Process::step(steady_clock::time_point deadline) {
  const auto left = std::chrono::ceil<Milliseconds>(deadline - steady_clock::now());
  std::array<pollfd, 3> watched{
      {{end_, POLLIN, 0}, {streams_[0].fd, POLLIN, 0}, {streams_[1].fd, POLLIN, 0}}};
  const int timeout = left.count() < 0 ? 0 : static_cast<int>(left.count());
  if (poll(watched.data(), watched.size(), timeout) == 0) return false;
  drain();
  int status = 0;
  rusage used{};
  if (watched[0].revents != 0 && wait4(pid_, &status, WNOHANG, &used) == pid_) {
    peak_kib_ = used.ru_maxrss;
    drain();
    ended_ = true;
    code_ = WIFEXITED(status) ? WEXITSTATUS(status) : -WTERMSIG(status);
  }
  return true;
}

bool Process::ends_within(Milliseconds limit) {
  const auto deadline = steady_clock::now() + limit;
  while (!ended_) {
    if (!step(deadline)) return false;
  }
  return true;
}

Ended Process::wait() {
  if (!ends_within(kPatience)) {
    throw std::runtime_error("it does not end; it wrote:\n" + out() + error());
  }
  return {.code = code_, .out = out(), .error = error(), .peak_kib = peak_kib_};
}

Ended Process::kill() {
  if (!ended_) ::kill(pid_, SIGKILL);
  return wait();
}

std::string Process::wait_for(const Stream& stream, std::string_view text) {
  const auto deadline = steady_clock::now() + kPatience;
  for (;;) {
    if (const auto at = stream.text.find(text); at != std::string::npos) {
      const auto from = at + text.size();
      const auto end = stream.text.find('\n', from);
      if (end != std::string::npos) return stream.text.substr(from, end - from);
    }
    if (ended_ || !step(deadline)) {
      throw std::runtime_error("it never wrote '" + std::string(text) + "', but:\n" + out() +
                               error());
    }
  }
}

std::string Process::wait_for_error(std::string_view text) { return wait_for(streams_[1], text); }
std::string Process::wait_for_out(std::string_view text) { return wait_for(streams_[0], text); }

}  // namespace tallyman::tests
