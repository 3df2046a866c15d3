#pragma once
// The server: one thread reads messages, another handles them in order and owns everything else.
#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <mutex>

#include "lsp/features/features.hpp"
#include "lsp/protocol/framing.hpp"
#include "lsp/server/aside.hpp"
#include "lsp/server/client.hpp"
#include "lsp/server/diagnostics.hpp"
#include "lsp/server/dispatcher.hpp"
#include "lsp/server/request_queue.hpp"
#include "lsp/server/workspace.hpp"

namespace kdsl::lsp {

class Server {
 public:
  /// `endGrace`: what a computation may take after the client has gone, before the process is ended under it.
  Server(ByteSource source, ByteSink sink, CheckOut checkOut = {}, std::chrono::seconds endGrace = std::chrono::seconds(5));

  /// Serves until `exit` or the end of the input. What the process is to return.
  int run();
  /// The process that the client said it is, or 0: when it dies, so may the server.
  std::int64_t clientProcess() const { return context_.clientProcess; }

 private:
  void readMessages();
  void handleMessages();
  /// Ends the process if the other thread does not come to an end by itself.
  void enforceEnd();

  FrameReader reader_;
  Client client_;
  RequestQueue queue_;
  Dispatcher dispatcher_;
  Workspace workspace_;
  Diagnostics diagnostics_;
  Context context_;

  std::chrono::seconds endGrace_;
  std::mutex mutex_;
  std::condition_variable ended_;
  bool handlingEnded_ = false;
  /// The last member: its thread ends before what it works on.
  Aside aside_;
};

/// How `kdsl lsp` talks and works.
struct ServeOptions {
  /// A server process of its own does the work, so that a crash costs one request; see serveGuarded. Else this one does it.
  bool guarded = true;
  /// A port of this machine to wait at for one client, for debugging; 0: standard input and output.
  std::uint16_t port = 0;
  /// How to come to the files of a revision.
  CheckOut checkOut;
};
/// `kdsl lsp`: serves one client. What else is printed goes to standard error. What the process is to return.
int serve(const ServeOptions& options);

}  // namespace kdsl::lsp
