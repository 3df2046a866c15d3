// A whole server in this process, on pipes.
#include "lsp/server/server.hpp"

#include <gtest/gtest.h>
#include <unistd.h>

#include <thread>

#include "lsp/server/process.hpp"

namespace kdsl::lsp {
namespace {

struct Pipe {
  Pipe() {
    int ends[2] = {-1, -1};
    EXPECT_EQ(::pipe(ends), 0);
    out = ends[0];
    in = ends[1];
  }
  int out = -1;
  int in = -1;
};

class ServerTest : public testing::Test {
 protected:
  ServerTest() {
    thread_ = std::thread([this] {
      Server server(readFrom(toServer_.out, [] { return false; }), writeTo(fromServer_.in));
      status_ = server.run();
      ::close(fromServer_.in);
    });
  }
  ~ServerTest() override {
    if (thread_.joinable()) end();
    ::close(toServer_.out);
    ::close(fromServer_.out);
  }

  /// Closes the input; the server's status.
  int end() {
    ::close(toServer_.in);
    thread_.join();
    return status_;
  }

  void send(const Json& message) { EXPECT_TRUE(writeTo(toServer_.in)(framed(serialized(message)))); }
  /// The next message that is an answer, or a notification of that method.
  Json receive(std::string_view method = {}) {
    for (;;) {
      const auto frame = reader_.next();
      if (frame.status != FrameStatus::Body) return {};
      auto message = Json::parse(frame.text);
      if (method.empty() ? !message.contains("method") : message.value("method", "") == method) return message;
    }
  }
  Json ask(const std::string& method, Json params) {
    send(request(++lastId_, method, std::move(params)));
    auto answer = receive();
    EXPECT_EQ(answer.value("id", 0), lastId_);
    return answer;
  }
  void start() {
    ask("initialize", {{"processId", nullptr}, {"capabilities", Json::object()}});
    send(notification("initialized", Json::object()));
  }
  void open(const std::string& uri, const std::string& text) {
    send(notification("textDocument/didOpen", {{"textDocument", {{"uri", uri}, {"languageId", "kdsl"}, {"version", 1}, {"text", text}}}}));
  }

  Pipe toServer_, fromServer_;  // before the reader, which takes an end of one
  FrameReader reader_{readFrom(fromServer_.out, [] { return false; })};
  std::thread thread_;
  int status_ = -1;
  std::int64_t lastId_ = 0;
};

TEST_F(ServerTest, StartsAndEnds) {
  start();
  EXPECT_TRUE(ask("shutdown", nullptr)["result"].is_null());
  send(notification("exit", nullptr));
  EXPECT_EQ(end(), 0);
}

TEST_F(ServerTest, EndsWithItsInput) {
  start();
  EXPECT_EQ(end(), 1);
}

TEST_F(ServerTest, PublishesWithoutBeingAsked) {
  start();
  open("file:///tmp/server-test.kdsl", "let = 1\n");
  const auto published = receive("textDocument/publishDiagnostics");
  EXPECT_EQ(published["params"]["uri"], "file:///tmp/server-test.kdsl");
  EXPECT_EQ(published["params"]["version"], 1);
  EXPECT_FALSE(published["params"]["diagnostics"].empty());
}

TEST_F(ServerTest, EveryCapabilityHasItsHandler) {
  start();
  open("file:///tmp/server-test.kdsl", "let a = 1\n");
  const Json document = {{"uri", "file:///tmp/server-test.kdsl"}};
  const Json position = {{"line", 0}, {"character", 4}};
  const Json range = {{"start", position}, {"end", position}};
  const Json everything = {{"textDocument", document},
                           {"position", position},
                           {"range", range},
                           {"positions", {position}},
                           {"context", {{"includeDeclaration", true}}},
                           {"newName", "b"},
                           {"query", ""},
                           {"uri", "kdsl-rendered:///tmp/server-test.kdsl"},
                           {"previousResultId", ""}};
  for (const char* method : {"textDocument/hover",
                             "textDocument/completion",
                             "textDocument/signatureHelp",
                             "textDocument/definition",
                             "textDocument/declaration",
                             "textDocument/typeDefinition",
                             "textDocument/references",
                             "textDocument/documentHighlight",
                             "textDocument/documentSymbol",
                             "workspace/symbol",
                             "textDocument/codeAction",
                             "textDocument/documentLink",
                             "textDocument/formatting",
                             "textDocument/rangeFormatting",
                             "textDocument/rename",
                             "textDocument/prepareRename",
                             "textDocument/foldingRange",
                             "textDocument/selectionRange",
                             "textDocument/semanticTokens/full",
                             "textDocument/semanticTokens/full/delta",
                             "textDocument/semanticTokens/range",
                             "textDocument/inlayHint",
                             "textDocument/diagnostic",
                             "workspace/textDocumentContent",
                             "completionItem/resolve",
                             "kdsl/rendered"}) {
    const auto answer = ask(method, everything);
    const auto code = answer.contains("error") ? answer["error"]["code"].get<int>() : 0;
    EXPECT_TRUE(code == 0 || code == static_cast<int>(ErrorCode::RequestFailed)) << method << ": " << answer.dump();
  }
}

}  // namespace
}  // namespace kdsl::lsp
