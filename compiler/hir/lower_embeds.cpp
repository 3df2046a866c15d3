// The files that `embed` and `embedDir` read: known before anything runs.
#include <algorithm>

#include "hir/lowering.hpp"
#include "diag/codes/files.hpp"

namespace kdsl::hir {
namespace {

struct Names {
  Symbol file = base::intern("embed");
  Symbol folder = base::intern("embedDir");
};

const Names& names() {
  static const Names all;
  return all;
}

}  // namespace

void Lowering::noteEmbed(ExprId id) {
  const auto& call = module_[id];
  const auto& callee = module_[ExprId{call.a}];
  if (callee.kind != ExprKind::Name || call.c == 0) return;
  const Symbol name{callee.a};
  if (name != names().file && name != names().folder) return;
  const auto& path = module_[module_.arguments[call.b].value];
  FilePath embed;
  embed.use = name == names().file ? PathUse::Embed : PathUse::EmbedFolder;
  if (path.kind == ExprKind::String) embed.path = Symbol{path.a};
  embed.span = path.span;
  embed.call = id;
  module_.embeds.push_back(embed);
}

void Lowering::finishEmbeds() {
  // A function or import of one of the names hides the built-in one in the whole file.
  const auto isHidden = [&](Symbol name) {
    return std::any_of(module_.items.begin(), module_.items.end(),
                       [&](const Item& item) { return item.name == name && (item.kind == ItemKind::Fn || item.kind == ItemKind::Import); });
  };
  if (module_.embeds.empty()) return;
  const bool noFiles = isHidden(names().file);
  const bool noFolders = isHidden(names().folder);
  std::erase_if(module_.embeds, [&](const FilePath& embed) { return embed.use == PathUse::Embed ? noFiles : noFolders; });
  for (const auto& embed : module_.embeds) {
    const auto path = module_[module_.arguments[module_[embed.call].b].value].kind;
    if (path == ExprKind::String || path == ExprKind::Error) continue;
    report(diag::code::import_not_literal, embed.span, {embed.use == PathUse::Embed ? "`embed`" : "`embedDir`"});
  }
  std::erase_if(module_.embeds, [](const FilePath& embed) { return embed.path == base::emptySymbol; });
}

}  // namespace kdsl::hir
