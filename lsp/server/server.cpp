#include "lsp/server/server.hpp"

#include <csignal>
#include <cstdlib>
#include <thread>

#include <unistd.h>

#include "lsp/server/guard.hpp"
#include "lsp/server/process.hpp"
#include "query/session.hpp"

namespace kdsl::lsp {

Server::Server(ByteSource source, ByteSink sink, CheckOut checkOut, std::chrono::seconds endGrace)
    : reader_(std::move(source)),
      client_(std::move(sink)),
      dispatcher_(client_, queue_.cancelled()),
      diagnostics_(workspace_, client_, queue_.cancelled()),
      context_(workspace_, diagnostics_, client_, dispatcher_, std::move(checkOut), queue_.cancelled()),
      endGrace_(endGrace) {
  dispatcher_.parkWith([this](const Message& request, std::function<void()> work) {
    queue_.park(request);
    aside_.run([this, id = request.id, work = std::move(work)] {
      work();
      // Given up meanwhile: it was answered before there was anything to forget.
      if (!queue_.resume(id)) context_.revisions.forget(id.dump());
    });
  });
  registerFeatures(dispatcher_, context_);
}

int Server::run() {
  std::thread reader([this] { readMessages(); });
  query::onLargeStack([this] { handleMessages(); });
  reader.join();
  return dispatcher_.exitCode();
}

void Server::readMessages() {
  for (;;) {
    auto frame = reader_.next();
    if (frame.status == FrameStatus::End) break;
    Message message;
    if (frame.status == FrameStatus::Body) {
      message = parseMessage(frame.text);
    } else {
      message.error = frame.status == FrameStatus::TooLarge ? ErrorCode::InvalidRequest : ErrorCode::ParseError;
      message.problem = std::move(frame.text);
    }
    if (message.kind == MessageKind::Notification && message.method == "$/cancelRequest") {
      queue_.cancel(at(message.params, {"id"}));
      continue;
    }
    const bool isLast = message.kind == MessageKind::Notification && message.method == "exit";
    queue_.push(std::move(message));
    if (isLast) break;
  }
  queue_.close();
  enforceEnd();
}

void Server::handleMessages() {
  while (!client_.gone() && !dispatcher_.exited()) {
    const auto due = diagnostics_.due();
    const bool prepares = !due && !workspace_.isPrepared();
    if (const auto message = queue_.pop(prepares ? std::chrono::milliseconds(0) : due)) {
      if (dispatcher_.handle(*message) && message->kind == MessageKind::Request) context_.revisions.forget(message->id.dump());
    } else if (queue_.closed()) {
      break;
    } else if (prepares) {
      workspace_.prepare();
    } else {
      diagnostics_.step();
    }
  }
  queue_.close();
  const std::lock_guard lock(mutex_);
  handlingEnded_ = true;
  ended_.notify_all();
}

void Server::enforceEnd() {
  std::unique_lock lock(mutex_);
  if (!ended_.wait_for(lock, endGrace_, [this] { return handlingEnded_; })) std::_Exit(1);
}

namespace {

int serveUnguarded(int input, int output, const CheckOut& checkOut) {
  const Server* server = nullptr;
  Server serving(readFrom(input,
                          [&server] {
                            const auto process = server == nullptr ? 0 : server->clientProcess();
                            return process > 0 && !isAlive(static_cast<pid_t>(process));
                          }),
                 writeTo(output), checkOut);
  server = &serving;
  return serving.run();
}

}  // namespace

int serve(const ServeOptions& options) {
  std::signal(SIGPIPE, SIG_IGN);
  int input = STDIN_FILENO, output = -1;
  if (options.port != 0) {
    input = output = acceptClient(options.port);
  } else {
    output = takeStandardOutput();
  }
  if (output < 0) return 1;
  return options.guarded ? serveGuarded(input, output, {"kdsl", "lsp", "--no-guard"}) : serveUnguarded(input, output, options.checkOut);
}

}  // namespace kdsl::lsp
