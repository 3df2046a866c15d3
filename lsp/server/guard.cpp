#include "lsp/server/guard.hpp"

#include <fcntl.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <cstdlib>
#include <mutex>
#include <thread>

#include <nlohmann/json.hpp>

#include "lsp/protocol/types.hpp"
#include "lsp/server/process.hpp"

namespace kdsl::lsp {
namespace {

using Clock = std::chrono::steady_clock;

constexpr std::string_view replayId = "kdsl-restart";
/// So many crashes within so much time, and the text is to blame: it is left alone until it is edited.
constexpr std::size_t maxCrashes = 3;
constexpr auto crashWindow = std::chrono::seconds(20);
constexpr const char* ownProgram = "/proc/self/exe";

class Guard {
 public:
  Guard(int input, int output, const std::vector<std::string>& command) : reader_(readFrom(input, [] { return false; })), toClient_(writeTo(output)), command_(command) {}

  int run() {
    if (!start()) return 1;
    std::thread([this] { passAnswers(); }).detach();
    passRequests();
    return finish();
  }

 private:
  // --- the server process

  bool start() {
    int in[2], out[2];
    if (::pipe2(in, O_CLOEXEC) != 0) return false;
    if (::pipe2(out, O_CLOEXEC) != 0) {
      ::close(in[0]);
      ::close(in[1]);
      return false;
    }
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_adddup2(&actions, in[0], STDIN_FILENO);
    posix_spawn_file_actions_adddup2(&actions, out[1], STDOUT_FILENO);
    std::vector<char*> arguments;
    arguments.reserve(command_.size() + 1);
    for (const auto& word : command_) arguments.push_back(const_cast<char*>(word.c_str()));
    arguments.push_back(nullptr);
    const bool started = ::posix_spawn(&server_, ownProgram, &actions, nullptr, arguments.data(), environ) == 0;
    posix_spawn_file_actions_destroy(&actions);
    ::close(in[0]);
    ::close(out[1]);
    toServer_ = in[1];
    fromServer_ = out[0];
    return started;
  }

  void write(const std::string& body) { writeTo(toServer_)(framed(body)); }

  /// Another server in place of one that crashed, told all that the client told. With the lock held.
  void restart() {
    if (!start()) std::_Exit(1);
    for (const auto& message : state_.replay(replayId)) write(serialized(message));
    isDown_ = false;
    restarted_.notify_all();
  }

  // --- client → server

  void passRequests() {
    for (;;) {
      const auto frame = reader_.next();
      if (frame.status == FrameStatus::End) return;
      const std::unique_lock lock(mutex_);
      if (frame.status != FrameStatus::Body) {
        const auto code = frame.status == FrameStatus::TooLarge ? ErrorCode::InvalidRequest : ErrorCode::ParseError;
        tell(errorResponse(nullptr, code, frame.text));
        continue;
      }
      const auto message = parseMessage(frame.text);
      {
        const std::lock_guard stateLock(stateMutex_);
        state_.sent(message);
      }
      const bool isExit = message.kind == MessageKind::Notification && message.method == "exit";
      if (isDown_ && state_.changes() != changesAtCrash_) {
        // The new text may be better, and it has this edit already.
        crashes_.clear();
        restart();
      } else if (isDown_) {
        answerWhileDown(message);
      } else {
        write(frame.text);
      }
      if (isExit) return;
    }
  }

  void answerWhileDown(const Message& message) {
    if (message.kind != MessageKind::Request) return;
    const std::lock_guard stateLock(stateMutex_);
    state_.answered(message.id);
    if (message.method == "shutdown") {
      tell(response(message.id, nullptr));
    } else {
      tell(errorResponse(message.id, ErrorCode::InternalError, "the server crashed on this text; it starts again with the next edit"));
    }
  }

  int finish() {
    std::unique_lock lock(mutex_);
    if (isDown_) return state_.shutDown() ? 0 : 1;
    ::close(toServer_);
    ended_.wait(lock, [this] { return exitCode_.has_value(); });
    return *exitCode_;
  }

  // --- server → client

  void passAnswers() {
    for (;;) {
      FrameReader answers(readFrom(fromServer_, [] { return false; }));
      for (auto frame = answers.next(); frame.status == FrameStatus::Body; frame = answers.next()) {
        const auto id = answeredId(frame.text);
        if (id && *id == Json(replayId)) continue;
        // The client has registered what the first server asked for.
        if (hasCrashed_ && frame.text.find(R"("method":"client/registerCapability")") != std::string::npos) continue;
        if (id) {
          const std::lock_guard stateLock(stateMutex_);
          state_.answered(*id);
        }
        send(frame.text);
      }
      serverEnded();
    }
  }

  void serverEnded() {
    int status = 0;
    ::waitpid(server_, &status, 0);
    std::unique_lock lock(mutex_);
    ::close(fromServer_);
    if (WIFEXITED(status)) {
      exitCode_ = WEXITSTATUS(status);
      ended_.notify_all();
      // The client is gone, or said `exit`: nothing more can come from it that matters.
      std::_Exit(*exitCode_);
    }
    ::close(toServer_);
    hasCrashed_ = true;
    std::string what;
    {
      const std::lock_guard stateLock(stateMutex_);
      for (const auto& [id, method] : state_.takeOpenRequests()) {
        what += (what.empty() ? "" : ", ") + method;
        tell(errorResponse(id, ErrorCode::InternalError, "the server crashed and was restarted"));
      }
    }
    const auto now = Clock::now();
    std::erase_if(crashes_, [&](Clock::time_point crash) { return now - crash > crashWindow; });
    crashes_.push_back(now);
    const bool isHopeless = crashes_.size() >= maxCrashes;
    const auto fate = isHopeless ? "It starts again with the next edit." : "It was restarted; nothing was lost.";
    tell(notification("window/showMessage", {{"type", static_cast<int>(MessageType::Error)}, {"message", std::string("The kdsl server crashed. ") + fate}}));
    tell(notification("window/logMessage", {{"type", static_cast<int>(MessageType::Error)},
                                            {"message", "crashed by signal " + std::to_string(WTERMSIG(status)) + " during: " + (what.empty() ? "a check" : what)}}));
    if (!isHopeless) return restart();
    isDown_ = true;
    changesAtCrash_ = state_.changes();
    restarted_.wait(lock, [this] { return !isDown_; });
  }

  void tell(const Json& message) { send(serialized(message)); }

  void send(std::string_view body) {
    const std::lock_guard lock(outputMutex_);
    // Without a reader of our answers there is nothing left to do.
    if (!toClient_(framed(body))) std::_Exit(1);
  }

  FrameReader reader_;
  ByteSink toClient_;
  std::vector<std::string> command_;
  std::mutex outputMutex_;
  std::mutex stateMutex_;  // of state_; taken after mutex_
  std::mutex mutex_;       // of everything below, and of writing to the server
  ClientState state_;
  pid_t server_ = -1;
  int toServer_ = -1;
  int fromServer_ = -1;
  std::atomic<bool> hasCrashed_ = false;
  bool isDown_ = false;
  std::uint64_t changesAtCrash_ = 0;
  std::vector<Clock::time_point> crashes_;
  std::optional<int> exitCode_;
  std::condition_variable restarted_;
  std::condition_variable ended_;
};

}  // namespace

int serveGuarded(int input, int output, const std::vector<std::string>& command) {
  Guard guard(input, output, command);
  // The other thread may still read from a server that is about to end: the process ends as a whole.
  std::_Exit(guard.run());
}

}  // namespace kdsl::lsp
