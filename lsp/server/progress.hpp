#pragma once
// Progress of long work, shown by the client.
#include <chrono>
#include <string_view>

#include "lsp/server/client.hpp"

namespace kdsl::lsp {

/// Tells the client how far a piece of work is, under the token that came with its request; does nothing without one. The end is told when it
/// goes out of scope.
class WorkProgress {
 public:
  WorkProgress(Client& client, Json token, std::string_view title);
  ~WorkProgress();
  WorkProgress(const WorkProgress&) = delete;
  WorkProgress& operator=(const WorkProgress&) = delete;

  /// `done` of `total` are done. Sent ten times a second at most.
  void report(std::size_t done, std::size_t total);

 private:
  void send(Json value);

  Client& client_;
  Json token_;
  std::chrono::steady_clock::time_point last_{};
};

}  // namespace kdsl::lsp
