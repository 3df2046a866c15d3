#include "lsp/server/dispatcher.hpp"

#include <gtest/gtest.h>

#include <vector>

namespace kdsl::lsp {
namespace {

class DispatcherTest : public testing::Test {
 protected:
  DispatcherTest() {
    dispatcher_.onRequest("initialize", [](const Json&) { return Json{{"capabilities", Json::object()}}; });
    dispatcher_.onRequest("shutdown", [](const Json&) { return Json(); });
    dispatcher_.onRequest("number", [](const Json& params) { return Json(params.at("n").get<int>()); });
    dispatcher_.onRequest("fails", [](const Json&) { return RequestError{ErrorCode::RequestFailed, "no"}; });
    dispatcher_.onRequest("throws", [](const Json&) -> RequestResult { return Json(std::string().at(1)); });
    dispatcher_.onNotification("count", [this](const Json& params) { count_ += params.at("n").get<int>(); });
  }

  /// Hands over one body; the answers.
  std::vector<Json> send(const std::string& body, bool cancelled = false) {
    sent_.clear();
    cancelled_ = cancelled;
    dispatcher_.handle(parseMessage(body));
    std::vector<Json> answers;
    for (const auto& bytes : sent_) answers.push_back(Json::parse(bytes.substr(bytes.find("\r\n\r\n") + 4)));
    return answers;
  }
  Json request(const std::string& method, Json params = Json::object(), bool cancelled = false) {
    const auto answers = send(lsp::request(1, method, std::move(params)).dump(), cancelled);
    EXPECT_EQ(answers.size(), 1u);
    return answers.empty() ? Json() : answers[0];
  }
  int errorOf(const Json& answer) { return answer.contains("error") ? answer["error"]["code"].get<int>() : 0; }

  std::vector<std::string> sent_;
  Client client_{[this](std::string_view bytes) {
    sent_.emplace_back(bytes);
    return true;
  }};
  std::atomic<bool> cancelled_ = false;
  Dispatcher dispatcher_{client_, cancelled_};
  int count_ = 0;
};

TEST_F(DispatcherTest, NothingBeforeInitialize) {
  EXPECT_EQ(errorOf(request("number", {{"n", 1}})), -32002);
  EXPECT_EQ(errorOf(request("shutdown")), -32002);
  EXPECT_TRUE(send(R"({"jsonrpc":"2.0","method":"count","params":{"n":1}})").empty());
  EXPECT_EQ(count_, 0);
}

TEST_F(DispatcherTest, LifeCycle) {
  EXPECT_TRUE(request("initialize").contains("result"));
  EXPECT_EQ(errorOf(request("initialize")), -32600);
  EXPECT_EQ(request("number", {{"n", 5}})["result"], 5);
  EXPECT_TRUE(request("shutdown")["result"].is_null());
  EXPECT_EQ(errorOf(request("number", {{"n", 1}})), -32600);
  EXPECT_FALSE(dispatcher_.exited());
  EXPECT_TRUE(send(R"({"jsonrpc":"2.0","method":"exit"})").empty());
  EXPECT_TRUE(dispatcher_.exited());
  EXPECT_EQ(dispatcher_.exitCode(), 0);
}

TEST_F(DispatcherTest, ExitWithoutShutdownIsAFailure) {
  request("initialize");
  send(R"({"jsonrpc":"2.0","method":"exit"})");
  EXPECT_EQ(dispatcher_.exitCode(), 1);
}

TEST_F(DispatcherTest, OneBadRequestIsOneError) {
  request("initialize");
  EXPECT_EQ(errorOf(request("nothing")), -32601);
  EXPECT_EQ(errorOf(request("$/nothing")), -32601);
  EXPECT_EQ(errorOf(request("number")), -32602);
  EXPECT_EQ(errorOf(request("number", {{"n", "x"}})), -32602);
  EXPECT_EQ(errorOf(request("fails")), -32803);
  EXPECT_EQ(errorOf(request("throws")), -32603);
  EXPECT_EQ(errorOf(request("number", {{"n", 1}}, /*cancelled=*/true)), -32800);
  EXPECT_EQ(send("garbage").at(0)["error"]["code"], -32700);
  EXPECT_TRUE(send("garbage").at(0)["id"].is_null());
  EXPECT_EQ(request("number", {{"n", 6}})["result"], 6);
}

TEST_F(DispatcherTest, ABadNotificationIsLogged) {
  request("initialize");
  const auto answers = send(R"({"jsonrpc":"2.0","method":"count","params":{}})");
  ASSERT_EQ(answers.size(), 1u);
  EXPECT_EQ(answers[0]["method"], "window/logMessage");
  EXPECT_TRUE(send(R"({"jsonrpc":"2.0","method":"unknown"})").empty());
}

TEST_F(DispatcherTest, WaitsForWhatAHandlerLacks) {
  bool isThere = false;
  std::function<void()> parked;
  dispatcher_.onRequest("slow", [&](const Json&) -> RequestResult {
    if (!isThere) dispatcher_.await([&] { isThere = true; });
    return Json(isThere);
  });
  dispatcher_.parkWith([&](const Message&, std::function<void()> work) { parked = std::move(work); });
  request("initialize");
  const auto body = lsp::request(2, "slow", Json::object()).dump();
  EXPECT_TRUE(send(body).empty());
  ASSERT_TRUE(parked);
  EXPECT_EQ(request("number", {{"n", 5}})["result"], 5);
  parked();
  const auto answers = send(body);
  ASSERT_EQ(answers.size(), 1u);
  EXPECT_EQ(answers[0]["result"], true);
}

}  // namespace
}  // namespace kdsl::lsp
