#include "lsp/server/progress.hpp"

#include <nlohmann/json.hpp>

namespace kdsl::lsp {
namespace {

constexpr auto interval = std::chrono::milliseconds(100);

}  // namespace

WorkProgress::WorkProgress(Client& client, Json token, std::string_view title) : client_(client), token_(std::move(token)) {
  send({{"kind", "begin"}, {"title", title}, {"cancellable", true}, {"percentage", 0}});
}

WorkProgress::~WorkProgress() { send({{"kind", "end"}}); }

void WorkProgress::report(std::size_t done, std::size_t total) {
  const auto now = std::chrono::steady_clock::now();
  if (now - last_ < interval) return;
  last_ = now;
  send({{"kind", "report"}, {"message", std::to_string(done) + "/" + std::to_string(total)}, {"percentage", total == 0 ? 100 : done * 100 / total}});
}

void WorkProgress::send(Json value) {
  if (!token_.is_null()) client_.notify("$/progress", {{"token", token_}, {"value", std::move(value)}});
}

}  // namespace kdsl::lsp
