// Any bytes give a well-formed tree.
#include <cstddef>
#include <cstdint>

#include "syntax/dump.hpp"
#include "syntax/literal.hpp"
#include "tree_invariants.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace kdsl;
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const auto result = syntax::parse(source::FileId{0}, text);
  fuzz::checkTree(text, result);
  for (std::uint32_t i = 0; i < result.tree.size(); ++i) {
    (void)syntax::decodeString(result.tree, syntax::NodeId{i});
    (void)result.tree.docComment(syntax::NodeId{i});
  }
  (void)syntax::dumpTokens(result.tree);
  (void)syntax::dumpTree(result.tree);
  (void)result.tree.nodeAt(static_cast<std::uint32_t>(size / 2));
  return 0;
}
