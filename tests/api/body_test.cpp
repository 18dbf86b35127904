// Request bodies: what is read, and what is refused in which words.
#include "api/body.h"

#include <gtest/gtest.h>

#include "api/problem.h"

namespace tallyman::api {
namespace {

http_server::Request sent(std::string body, std::string type = "application/json") {
  http_server::Request request;
  request.method = "POST";
  request.headers = {{"Content-Type", std::move(type)}};
  request.body = std::move(body);
  return request;
}

// The status and the sentence with which `read` is refused.
template <class Read>
std::string refusal_of(const http_server::Request& request, Read read) {
  try {
    Body body(request);
    read(body);
    body.done();
  } catch (const Refusal& refusal) {
    return std::to_string(refusal.status) + " " + refusal.detail;
  }
  return "taken";
}

std::string refusal_of(const http_server::Request& request) {
  return refusal_of(request, [](Body&) {});
}

TEST(Body, MembersAreReadByNameAndKind) {
  Body body(sent(R"({"reason":"stock count","hours":24,"on":false,"to":["a","b"],"owner":null,)"
                 R"("until":"2026-12-31T23:59:59Z"})",
                 "Application/JSON ; charset=utf-8"));
  EXPECT_EQ(body.text("reason"), "stock count");
  EXPECT_EQ(body.number("hours", 1, 720), 24);
  EXPECT_FALSE(body.flag("on"));
  EXPECT_EQ(body.texts("to", 2, {}), (std::vector<std::string>{"a", "b"}));
  EXPECT_FALSE(body.optional_text("owner"));
  EXPECT_FALSE(body.optional_number("absent", 1, 2));
  EXPECT_FALSE(body.optional_flag("absent"));
  EXPECT_EQ(to_text(body.optional_instant("until").value()), "2026-12-31T23:59:59.000000Z");
  EXPECT_NO_THROW(body.done());
}

TEST(Body, NothingSentIsAnEmptyObject) {
  http_server::Request request;
  EXPECT_EQ(refusal_of(request), "taken");
  EXPECT_EQ(refusal_of(request, [](Body& body) { body.text("reason"); }),
            "400 'reason' must be given.");
}

TEST(Body, AMemberThatNobodyAskedForIsRefused) {
  EXPECT_EQ(
      refusal_of(sent(R"({"name":"ana","role":"admin"})"), [](Body& body) { body.text("name"); }),
      R"(400 There is no member "role" here. Nothing was changed.)");
}

TEST(Body, AnotherKindOrLengthIsRefusedWithWhatIsAllowed) {
  const auto text = [](Body& body) { body.text("x", {.least = 3, .most = 5}); };
  EXPECT_EQ(refusal_of(sent(R"({"x":7})"), text), "400 'x' must be text.");
  EXPECT_EQ(refusal_of(sent(R"({"x":"ab"})"), text), "400 'x' must be text of 3 to 5 bytes.");
  EXPECT_EQ(refusal_of(sent(R"({"x":"abcdef"})"), text), "400 'x' must be text of 3 to 5 bytes.");
  EXPECT_EQ(refusal_of(sent(R"({"x":"a\u0000bc"})"), text),
            "400 'x' must be text without control characters.");
  const auto number = [](Body& body) { body.number("x", 1, 720); };
  for (const auto* wrong : {R"({"x":0})", R"({"x":721})", R"({"x":1.5})", R"({"x":"5"})",
                            R"({"x":99999999999999999999})"}) {
    EXPECT_EQ(refusal_of(sent(wrong), number), "400 'x' must be a whole number from 1 to 720.");
  }
  EXPECT_EQ(refusal_of(sent(R"({"x":"yes"})"), [](Body& body) { body.flag("x"); }),
            "400 'x' must be true or false.");
}

TEST(Body, WhatAFormCouldSendIsNoJson) {
  for (const auto* type : {"text/plain", "application/x-www-form-urlencoded",
                           "multipart/form-data; boundary=x", "text/json", ""}) {
    EXPECT_EQ(refusal_of(sent("{}", type)), "415 Send the body as application/json.") << type;
  }
}

TEST(Body, DepthSizeAndFormHaveLimits) {
  const auto nested = [](std::size_t depth) {
    return R"({"x":)" + std::string(depth - 1, '[') + std::string(depth - 1, ']') + "}";
  };
  EXPECT_TRUE(refusal_of(sent(nested(64))).starts_with("400 There is no member"));
  EXPECT_TRUE(refusal_of(sent(nested(65))).starts_with("400 The body is not JSON"));
  EXPECT_TRUE(refusal_of(sent(nested(400'000))).starts_with("400 The body is not JSON"));
  EXPECT_TRUE(refusal_of(sent(std::string((1U << 20U) + 1, ' '))).starts_with("413"));
  for (const auto* wrong : {"[]", "7", "null", "\"{}\""}) {
    EXPECT_EQ(refusal_of(sent(wrong)), "400 The body must be a JSON object.") << wrong;
  }
  for (const auto* wrong : {"{", "{}x", "{\"a\":\"\xff\"}", "{'a':1}"}) {
    EXPECT_TRUE(refusal_of(sent(wrong)).starts_with("400 The body is not JSON")) << wrong;
  }
}

}  // namespace
}  // namespace tallyman::api
