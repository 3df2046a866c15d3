#include "lsp/protocol/message.hpp"

#include <gtest/gtest.h>

#include "lsp/protocol/types.hpp"

namespace kdsl::lsp {
namespace {

TEST(Message, TellsRequestsNotificationsAndResponsesApart) {
  const auto request = parseMessage(R"({"jsonrpc":"2.0","id":"a","method":"m","params":{"x":1}})");
  EXPECT_EQ(request.kind, MessageKind::Request);
  EXPECT_EQ(request.id, "a");
  EXPECT_EQ(request.method, "m");
  EXPECT_EQ(request.params["x"], 1);
  EXPECT_EQ(parseMessage(R"({"jsonrpc":"2.0","method":"m"})").kind, MessageKind::Notification);
  EXPECT_EQ(parseMessage(R"({"jsonrpc":"2.0","id":3,"result":null})").kind, MessageKind::Response);
  EXPECT_EQ(parseMessage(R"({"jsonrpc":"2.0","id":3,"error":{"code":1,"message":"x"}})").kind, MessageKind::Response);
}

struct Bad {
  const char* body;
  ErrorCode error;
};

TEST(Message, RefusesWhatIsNoMessage) {
  const Bad cases[] = {
      {"", ErrorCode::ParseError},
      {"{", ErrorCode::ParseError},
      {"\xff", ErrorCode::ParseError},
      {"{\"a\":\"\xc3\x28\"}", ErrorCode::ParseError},
      {"[]", ErrorCode::InvalidRequest},
      {R"([{"jsonrpc":"2.0","id":1,"method":"m"}])", ErrorCode::InvalidRequest},
      {"42", ErrorCode::InvalidRequest},
      {R"({"id":1,"method":"m"})", ErrorCode::InvalidRequest},
      {R"({"jsonrpc":"1.0","id":1,"method":"m"})", ErrorCode::InvalidRequest},
      {R"({"jsonrpc":"2.0","id":1})", ErrorCode::InvalidRequest},
      {R"({"jsonrpc":"2.0","id":1,"method":7})", ErrorCode::InvalidRequest},
      {R"({"jsonrpc":"2.0","id":[],"method":"m"})", ErrorCode::InvalidRequest},
      {R"({"jsonrpc":"2.0","id":1,"method":"m","params":3})", ErrorCode::InvalidRequest},
  };
  for (const auto& bad : cases) {
    const auto message = parseMessage(bad.body);
    EXPECT_EQ(message.kind, MessageKind::Invalid) << bad.body;
    EXPECT_EQ(message.error, bad.error) << bad.body;
  }
}

TEST(Message, NamesTheRequestThatIsInvalid) { EXPECT_EQ(parseMessage(R"({"jsonrpc":"2.0","id":9,"method":7})").id, 9); }

TEST(Message, DeepNestingIsOnlyData) {
  const std::string deep(1'000'000, '[');
  EXPECT_EQ(parseMessage(deep).error, ErrorCode::ParseError);
  const auto closed = R"({"jsonrpc":"2.0","method":"m","params":)" + deep + std::string(1'000'000, ']') + "}";
  EXPECT_EQ(parseMessage(closed).kind, MessageKind::Notification);
}

TEST(Message, WritesBytesThatAreNoText) { EXPECT_EQ(serialized(Json("\xff")), "\"\xEF\xBF\xBD\""); }

TEST(Types, ClampsNumbersAndRefusesOtherTypes) {
  const auto position = Json::parse(R"({"line":99999999999,"character":-1})").get<Position>();
  EXPECT_EQ(position, (Position{0xFFFF'FFFFu, 0}));
  EXPECT_THROW(Json::parse(R"({"line":"1","character":0})").get<Position>(), Json::exception);
  EXPECT_THROW(Json::parse(R"({"line":1.5,"character":0})").get<Position>(), Json::exception);
  EXPECT_THROW(Json::parse(R"({"line":1})").get<Position>(), Json::exception);
  EXPECT_THROW(Json::parse("[]").get<Position>(), Json::exception);
}

TEST(Types, FollowsPathsThroughMissingParts) {
  const auto json = Json::parse(R"({"a":{"b":true,"c":"x"}})");
  EXPECT_TRUE(flag(json, {"a", "b"}));
  EXPECT_FALSE(flag(json, {"a", "c"}));
  EXPECT_FALSE(flag(json, {"a", "b", "c"}));
  EXPECT_TRUE(at(json, {"x", "y"}).is_null());
  EXPECT_EQ(textOr(json["a"], "c"), "x");
  EXPECT_EQ(textOr(json["a"], "b", "-"), "-");
}

}  // namespace
}  // namespace kdsl::lsp
