#include "lsp/server/revisions.hpp"

namespace kdsl::lsp {

std::optional<Revisions::Answer> Revisions::find(const std::string& file, const std::string& revision) {
  const std::lock_guard lock(mutex_);
  const auto found = entries_.find({file, revision});
  if (found == entries_.end()) return std::nullopt;
  found->second.isUsed = true;
  return found->second.answer;
}

void Revisions::fetch(const std::string& file, const std::string& revision) {
  Answer answer;
  answer.tree = checkOut_(file, revision, answer.problem);
  const std::lock_guard lock(mutex_);
  entries_[{file, revision}] = {std::move(answer), false};
}

void Revisions::ended(bool isAnswered) {
  const std::lock_guard lock(mutex_);
  std::erase_if(entries_, [&](const auto& entry) { return isAnswered && entry.second.isUsed; });
  for (auto& [key, entry] : entries_) entry.isUsed = false;
}

}  // namespace kdsl::lsp
