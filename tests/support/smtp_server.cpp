#include "support/smtp_server.h"

#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <stdexcept>

#include <boost/json.hpp>

namespace tallyman::tests {

namespace {

namespace json = boost::json;

std::string text_of(const json::object& object, std::string_view name) {
  return std::string(object.at(name).as_string());
}

Received read_one(const std::filesystem::path& path) {
  std::ifstream file(path);
  const std::string text{std::istreambuf_iterator<char>(file), {}};
  const json::value value = json::parse(text);
  const auto& facts = value.as_object();
  Received mail;
  mail.mail_from = text_of(facts, "mail_from");
  mail.raw = text_of(facts, "raw");
  mail.text = text_of(facts, "text");
  mail.content_type = text_of(facts, "content_type");
  mail.encrypted = facts.at("encrypted").as_bool();
  if (facts.at("user").is_string()) mail.user = text_of(facts, "user");
  for (const auto& to : facts.at("rcpt_tos").as_array()) mail.rcpt_tos.emplace_back(to.as_string());
  for (const auto& defect : facts.at("defects").as_array()) {
    mail.defects.emplace_back(defect.as_string());
  }
  for (const auto& header : facts.at("headers").as_array()) {
    mail.headers.emplace_back(header.as_array()[0].as_string(), header.as_array()[1].as_string());
  }
  mail.subject = mail.header("Subject").at(0);
  mail.message_id = mail.header("Message-ID").at(0);
  return mail;
}

}  // namespace

std::vector<std::string> Received::header(const std::string& name) const {
  std::vector<std::string> values;
  for (const auto& [key, value] : headers) {
    if (key == name) values.push_back(value);
  }
  return values;
}

ClosedPort::ClosedPort() : socket_(socket(AF_INET, SOCK_STREAM, 0)) {
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t size = sizeof(address);
  if (socket_ < 0 || bind(socket_, reinterpret_cast<sockaddr*>(&address), size) != 0 ||
      getsockname(socket_, reinterpret_cast<sockaddr*>(&address), &size) != 0) {
    throw std::runtime_error("no port");
  }
  port_ = ntohs(address.sin_port);
}

ClosedPort::~ClosedPort() { close(socket_); }

SmtpServer::SmtpServer(const std::string& mode, int times, std::uint16_t port) {
  int to_child[2];
  int from_child[2];
  if (pipe(to_child) != 0 || pipe(from_child) != 0) throw std::runtime_error("no pipe");
  const std::string script = std::string(TALLYMAN_SOURCE_DIR) + "/tests/support/smtp_server.py";
  const std::string folder = folder_.path().string();
  const std::string count = std::to_string(times);
  const std::string wanted = std::to_string(port);
  const std::string log = (folder_.path() / "log").string();
  pid_ = fork();
  if (pid_ == 0) {
    dup2(to_child[0], STDIN_FILENO);
    dup2(from_child[1], STDOUT_FILENO);
    const int file = open(log.c_str(), O_WRONLY | O_CREAT, 0600);
    if (file >= 0) dup2(file, STDERR_FILENO);
    for (const int fd : {to_child[0], to_child[1], from_child[0], from_child[1]}) close(fd);
    execl("/usr/bin/python3", "python3", script.c_str(), folder.c_str(), mode.c_str(),
          count.c_str(), wanted.c_str(), nullptr);
    _exit(127);
  }
  close(to_child[0]);
  close(from_child[1]);
  keep_alive_ = to_child[1];
  std::string line;
  char byte = 0;
  while (read(from_child[0], &byte, 1) == 1 && byte != '\n') line += byte;
  close(from_child[0]);
  if (!line.starts_with("port ")) {
    std::ifstream said(log);
    throw std::runtime_error("the mail server did not start; is python3-aiosmtpd installed? " +
                             std::string{std::istreambuf_iterator<char>(said), {}});
  }
  port_ = static_cast<std::uint16_t>(std::stoi(line.substr(5)));
}

SmtpServer::~SmtpServer() {
  close(keep_alive_);
  kill(pid_, SIGKILL);
  waitpid(pid_, nullptr, 0);
}

std::vector<Received> SmtpServer::received() const {
  std::vector<Received> all;
  for (int number = 1;; ++number) {
    const auto path = folder_.path() / (std::to_string(number) + ".json");
    if (!std::filesystem::exists(path)) return all;
    all.push_back(read_one(path));
  }
}

}  // namespace tallyman::tests
