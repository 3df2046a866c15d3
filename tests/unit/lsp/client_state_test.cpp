#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "lsp/server/guard.hpp"

namespace kdsl::lsp {
namespace {

Message message(const Json& json) { return parseMessage(json.dump()); }

Json opened(const char* uri, const char* text) {
  return {{"jsonrpc", "2.0"}, {"method", "textDocument/didOpen"}, {"params", {{"textDocument", {{"uri", uri}, {"languageId", "kdsl"}, {"version", 1}, {"text", text}}}}}};
}

TEST(ClientState, ReplaysWhatTheClientTold) {
  ClientState state;
  state.sent(message({{"jsonrpc", "2.0"}, {"id", 1}, {"method", "initialize"}, {"params", {{"capabilities", {{"general", {{"positionEncodings", {"utf-8"}}}}}}}}}));
  state.sent(message({{"jsonrpc", "2.0"}, {"method", "initialized"}, {"params", Json::object()}}));
  state.sent(message(opened("file:///a", "let é = 1\n")));
  state.sent(message(opened("file:///b", "x")));
  state.sent(message({{"jsonrpc", "2.0"},
                      {"method", "textDocument/didChange"},
                      {"params",
                       {{"textDocument", {{"uri", "file:///a"}, {"version", 2}}},
                        {"contentChanges", {{{"range", {{"start", {{"line", 0}, {"character", 9}}}, {"end", {{"line", 0}, {"character", 10}}}}}, {"text", "2"}}}}}}}));
  state.sent(message({{"jsonrpc", "2.0"}, {"method", "textDocument/didClose"}, {"params", {{"textDocument", {{"uri", "file:///b"}}}}}}));
  EXPECT_EQ(state.changes(), 4u);

  const auto replayed = state.replay("again");
  ASSERT_EQ(replayed.size(), 3u);
  EXPECT_EQ(replayed[0]["id"], "again");
  EXPECT_EQ(replayed[0]["method"], "initialize");
  EXPECT_EQ(replayed[1]["method"], "initialized");
  const auto& document = replayed[2]["params"]["textDocument"];
  EXPECT_EQ(document["text"], "let é = 2\n");
  EXPECT_EQ(document["version"], 2);
}

TEST(ClientState, KnowsWhichRequestsAreOpen) {
  ClientState state;
  for (const Json& id : {Json(1), Json("1"), Json(2)}) state.sent(message({{"jsonrpc", "2.0"}, {"id", id}, {"method", "m"}}));
  state.answered("1");
  EXPECT_EQ(state.takeOpenRequests().size(), 2u);
  EXPECT_TRUE(state.takeOpenRequests().empty());
}

TEST(ClientState, MalformedParametersChangeNothing) {
  ClientState state;
  state.sent(message(opened("file:///a", "x")));
  for (const char* method : {"textDocument/didOpen", "textDocument/didChange", "textDocument/didClose"}) {
    state.sent(message({{"jsonrpc", "2.0"}, {"method", method}}));
    state.sent(message({{"jsonrpc", "2.0"}, {"method", method}, {"params", {{"textDocument", 3}}}}));
  }
  state.sent(message({{"jsonrpc", "2.0"}, {"id", 1}, {"method", "initialize"}, {"params", {{"capabilities", 3}}}}));
  EXPECT_EQ(state.replay(1).size(), 2u);
}

TEST(AnsweredId, TellsAnswersFromQuestions) {
  EXPECT_EQ(answeredId(serialized(response(7, {{"method", "x"}}))), Json(7));
  EXPECT_EQ(answeredId(serialized(response("a,\"jsonrpc\"", nullptr))), Json("a,\"jsonrpc\""));
  EXPECT_EQ(answeredId(serialized(errorResponse(nullptr, ErrorCode::ParseError, "no"))), Json());
  EXPECT_EQ(answeredId(serialized(request(7, "client/registerCapability", nullptr))), std::nullopt);
  EXPECT_EQ(answeredId(serialized(notification("window/logMessage", {{"id", 3}}))), std::nullopt);
  EXPECT_EQ(answeredId("junk"), std::nullopt);
}

}  // namespace
}  // namespace kdsl::lsp
