#include <algorithm>

#include <nlohmann/json.hpp>

#include "lsp/features/features.hpp"
#include "source/utf8.hpp"

namespace kdsl::lsp {
namespace {

/// Positions of offsets that only grow: each column is counted from the one before, so a long line costs its length once.
class GrowingPositions {
 public:
  GrowingPositions(Workspace& workspace, FileId file)
      : text_(workspace.text(file)), lines_(workspace.session().files()[file].lines()), unit_(workspace.client.unit) {}

  Position at(std::uint32_t offset) {
    const auto inBytes = lines_.lineColumn(text_, offset, source::ColumnUnit::Utf8);
    const bool sameLine = inBytes.line == last_.line && offset >= lastOffset_;
    const auto from = sameLine ? lastOffset_ : offset - inBytes.column;
    last_ = {inBytes.line, (sameLine ? last_.character : 0) + source::columnsOf(text_.substr(from, offset - from), unit_)};
    lastOffset_ = offset;
    return last_;
  }

 private:
  std::string_view text_;
  const source::LineTable& lines_;
  source::ColumnUnit unit_;
  Position last_;
  std::uint32_t lastOffset_ = 0;
};

/// Five numbers a token, each place relative to the one before.
std::vector<std::uint32_t> encode(Workspace& workspace, FileId file, const std::vector<query::SemanticToken>& tokens, Span range) {
  std::vector<std::uint32_t> data;
  data.reserve(tokens.size() * 5);
  Position last;
  GrowingPositions positions(workspace, file);
  for (const auto& token : tokens) {
    if (token.span.end <= range.begin || token.span.begin >= range.end) continue;
    const auto start = positions.at(token.span.begin);
    const auto end = positions.at(token.span.end);
    data.push_back(start.line - last.line);
    data.push_back(start.line == last.line ? start.character - last.character : start.character);
    data.push_back(end.character - start.character);
    data.push_back(static_cast<std::uint32_t>(token.type));
    data.push_back(token.modifiers);
    last = start;
  }
  return data;
}

std::vector<std::uint32_t> wholeFile(Workspace& workspace, FileId file) {
  return encode(workspace, file, workspace.assistant().semanticTokens(file), {0, 0xFFFF'FFFFu});
}

/// One edit from the old numbers to the new: what is between the common begin and the common end.
Json difference(const std::vector<std::uint32_t>& before, const std::vector<std::uint32_t>& after) {
  const auto [a, b] = std::mismatch(before.begin(), before.end(), after.begin(), after.end());
  const auto start = a - before.begin();
  auto oldEnd = before.end();
  auto newEnd = after.end();
  while (oldEnd != a && newEnd != b && *(oldEnd - 1) == *(newEnd - 1)) {
    --oldEnd;
    --newEnd;
  }
  if (a == oldEnd && b == newEnd) return Json::array();
  return {{{"start", start}, {"deleteCount", oldEnd - a}, {"data", std::vector<std::uint32_t>(b, newEnd)}}};
}

}  // namespace

void registerSemanticTokens(Dispatcher& dispatcher, Context& context) {
  dispatcher.onRequest("textDocument/semanticTokens/full", [&context](const Json& params) -> RequestResult {
    const auto file = context.workspace.file(params);
    if (!file) return Json();
    auto& sent = context.sentTokens[*file];
    sent.data = wholeFile(context.workspace, *file);
    sent.resultId = std::to_string(++context.lastResultId);
    return Json{{"resultId", sent.resultId}, {"data", sent.data}};
  });

  dispatcher.onRequest("textDocument/semanticTokens/full/delta", [&context](const Json& params) -> RequestResult {
    const auto file = context.workspace.file(params);
    if (!file) return Json();
    auto data = wholeFile(context.workspace, *file);
    auto& sent = context.sentTokens[*file];
    const bool isKnown = !sent.resultId.empty() && sent.resultId == textOr(params, "previousResultId");
    Json answer = isKnown ? Json{{"edits", difference(sent.data, data)}} : Json{{"data", data}};
    sent.data = std::move(data);
    sent.resultId = std::to_string(++context.lastResultId);
    answer["resultId"] = sent.resultId;
    return answer;
  });

  dispatcher.onRequest("textDocument/semanticTokens/range", [&context](const Json& params) -> RequestResult {
    auto& workspace = context.workspace;
    const auto file = workspace.file(params);
    if (!file) return Json();
    const auto range = workspace.span(*file, params.at("range").get<Range>());
    return Json{{"data", encode(workspace, *file, workspace.assistant().semanticTokens(*file), range)}};
  });
}

}  // namespace kdsl::lsp
