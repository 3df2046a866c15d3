#include "lsp/server/revisions.hpp"

namespace kdsl::lsp {

std::optional<Revisions::Answer> Revisions::find(const std::string& request, const std::string& file, const std::string& revision) const {
  const std::lock_guard lock(mutex_);
  const auto ofRequest = answers_.find(request);
  if (ofRequest == answers_.end()) return std::nullopt;
  const auto found = ofRequest->second.find({file, revision});
  return found == ofRequest->second.end() ? std::nullopt : std::optional(found->second);
}

void Revisions::fetch(const std::string& request, const std::string& file, const std::string& revision) {
  Answer answer;
  answer.tree = checkOut_(file, revision, answer.problem);
  const std::lock_guard lock(mutex_);
  answers_[request][{file, revision}] = std::move(answer);
}

void Revisions::forget(const std::string& request) {
  std::map<Key, Answer> dropped;  // a checkout is deleted without the lock
  const std::lock_guard lock(mutex_);
  const auto found = answers_.find(request);
  if (found == answers_.end()) return;
  dropped = std::move(found->second);
  answers_.erase(found);
}

}  // namespace kdsl::lsp
