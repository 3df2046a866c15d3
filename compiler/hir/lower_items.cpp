// Declarations: the items of a file.
#include <algorithm>
#include <utility>

#include "hir/lowering.hpp"
#include "diag/codes/names.hpp"

namespace kdsl::hir {

namespace code = diag::code;

namespace {

ItemKind itemKindOf(syn::NodeKind kind) {
  switch (kind) {
    case syn::NodeKind::ImportDecl: return ItemKind::Import;
    case syn::NodeKind::ParamDecl: return ItemKind::Param;
    case syn::NodeKind::ResourceDecl: return ItemKind::Resource;
    case syn::NodeKind::ExternalDecl: return ItemKind::External;
    case syn::NodeKind::TypeDecl: return ItemKind::TypeAlias;
    case syn::NodeKind::SchemaDecl: return ItemKind::Schema;
    case syn::NodeKind::ComponentDecl: return ItemKind::Component;
    case syn::NodeKind::FnDecl: return ItemKind::Fn;
    case syn::NodeKind::PolicyDecl: return ItemKind::Policy;
    case syn::NodeKind::TestDecl: return ItemKind::Test;
    default: return ItemKind::Let;
  }
}

// A component declares all that makes an instance. A test is an instance of its file, and a policy only looks at instances: neither can
// have params of its own, for nobody could set them.
bool mayDeclare(ItemKind owner, ItemKind declared) {
  switch (owner) {
    case ItemKind::Module: return true;
    case ItemKind::Component: return declared != ItemKind::Import && declared != ItemKind::Policy && declared != ItemKind::Test;
    case ItemKind::Test:
      return declared == ItemKind::Let || declared == ItemKind::Resource || declared == ItemKind::External || declared == ItemKind::Fn;
    default: return declared == ItemKind::Let || declared == ItemKind::Fn;
  }
}

// Where the contents of a declaration stand; its end, if they are missing.
Span contentsSpan(syn::Decl decl, syn::Body body) { return body ? body.span() : Span{decl.span().end, decl.span().end}; }

// The name that `import "std/app"` binds: the last part of the path, without the extension of a data file. Empty if that is no name.
std::string_view impliedName(std::string_view path) {
  auto name = path.substr(path.find_last_of('/') + 1);
  name = name.substr(0, name.find_last_of('.'));
  return syn::isBareWord(name) && !syn::isReserved(syn::wordKind(name)) ? name : std::string_view{};
}

}  // namespace

void Lowering::lowerFile() {
  const auto file = syn::as<syn::File>(tree_, tree_.root());
  module_.items.emplace_back().kind = ItemKind::Module;
  const Span whole{0, static_cast<std::uint32_t>(tree_.source().size())};
  module_.items[0].span = whole;
  if (const auto extends = file.extends()) module_.extends = addImportPath(PathUse::Extends, extends.path(), extends) + 1;
  lowerContents(moduleItem, file.items(), whole, {});
}

void Lowering::lowerContents(ItemId owner, syn::ViewsOf<syn::Item> contents, Span span, Context context) {
  const auto body = addBody(span);
  item(owner).body = body;
  const auto outerOwner = std::exchange(bodyOwner_, item(owner).kind);
  const auto outerBody = std::exchange(ownBody_, body);
  const auto children = pendingChildren_.mark();
  const auto entries = pendingEntries_.mark();
  {
    const LocalScopes::Isolated scope(scopes_);
    const Within within(*this, context);
    for (const auto view : contents) {
      if (const auto decl = syn::as<syn::Decl>(view)) {
        const auto kind = itemKindOf(decl.kind());
        if (!mayDeclare(bodyOwner_, kind)) {
          report(code::declaration_not_here, tree_.tokenSpan(tree_.firstToken(decl.id)),
                 {std::string(wordOf(kind)), std::string(wordOf(bodyOwner_))});
        }
        lowerDecl(owner, decl);
      } else {
        lowerEntry(view, body);
      }
    }
  }
  finishBody(body, entries);
  reportRepeatedMembers(pendingChildren_.since(children));
  item(owner).childCount = static_cast<std::uint32_t>(pendingChildren_.mark() - children);
  item(owner).firstChild = pendingChildren_.moveTo(module_.children, children);
  bodyOwner_ = outerOwner;
  ownBody_ = outerBody;
}

ItemId Lowering::addItem(ItemKind kind, ItemId parent, const syn::View& view, syn::Name name) {
  const ItemId id{static_cast<std::uint32_t>(module_.items.size())};
  auto& added = module_.items.emplace_back();
  added.kind = kind;
  added.parent = parent;
  added.span = view.span();
  added.name = nameOf(name);
  added.nameSpan = name ? name.span() : Span{added.span.begin, added.span.begin};
  added.doc = docOf(view);
  added.isPrivate = syn::as<syn::Decl>(view).isPrivate();
  pendingChildren_.push(id);
  return id;
}

void Lowering::lowerDecl(ItemId parent, syn::Decl decl) {
  const auto kind = itemKindOf(decl.kind());
  if (kind == ItemKind::Import) return lowerImport(parent, syn::as<syn::ImportDecl>(decl));
  const auto id = addItem(kind, parent, decl, decl.name());
  const Within within(*this, Context{});
  // Lowering adds items and so moves them: each part is lowered before the item is named again.
  const auto lowerMember = [&](auto member) {
    const auto type = lowerTypeIfWritten(member.type());
    const auto value = kind == ItemKind::Param ? lowerExprIfWritten(member.value()) : lowerRequired(member.value(), member);
    item(id).type = type;
    item(id).value = value;
  };
  switch (kind) {
    case ItemKind::Param: {
      const auto param = syn::as<syn::ParamDecl>(decl);
      lowerMember(param);
      if (const auto deprecated = param.deprecated()) {
        item(id).isDeprecated = true;
        item(id).deprecated = plainText(deprecated.text());
      }
      return;
    }
    case ItemKind::Let: return lowerMember(syn::as<syn::LetDecl>(decl));
    case ItemKind::Resource: return lowerMember(syn::as<syn::ResourceDecl>(decl));
    case ItemKind::External: return lowerMember(syn::as<syn::ExternalDecl>(decl));
    case ItemKind::TypeAlias: return lowerTypeAlias(id, syn::as<syn::TypeDecl>(decl));
    case ItemKind::Fn: return lowerFn(id, syn::as<syn::FnDecl>(decl));
    case ItemKind::Schema: {
      const auto schema = syn::as<syn::SchemaDecl>(decl);
      item(id).extends = lowerQualifiedName(schema.base());
      const auto shape = lowerShape(schema.body());
      item(id).shape = shape;
      return;
    }
    case ItemKind::Component: {
      const auto component = syn::as<syn::ComponentDecl>(decl);
      item(id).extends = lowerQualifiedName(component.base());
      return lowerContents(id, component.body().items(), contentsSpan(decl, component.body()), {});
    }
    case ItemKind::Policy: {
      const auto body = syn::as<syn::PolicyDecl>(decl).body();
      return lowerContents(id, body.items(), contentsSpan(decl, body), {.checksOnly = true});
    }
    case ItemKind::Test: {
      const auto test = syn::as<syn::TestDecl>(decl);
      item(id).name = plainText(test.title());
      item(id).nameSpan = test.title() ? test.title().span() : item(id).nameSpan;
      return lowerContents(id, test.body().items(), contentsSpan(decl, test.body()), {});
    }
    case ItemKind::Import:
    case ItemKind::Module: return;
  }
}

void Lowering::lowerImport(ItemId parent, syn::ImportDecl decl) {
  const auto import = addImportPath(PathUse::Import, decl.path(), decl);
  if (decl.selective()) {
    for (const auto name : decl.names()) {
      if (name.name().isError()) continue;
      const auto imported = nameOf(name.name());
      const auto id = name.alias() ? addImportItem(parent, decl, import, nameOf(name.alias()), name.alias().span())
                                   : addImportItem(parent, decl, import, imported, name.name().span());
      item(id).importedName = imported;
      item(id).importedNameSpan = name.name().span();
    }
    return;
  }
  const auto& path = module_.imports[import];
  const auto pathSpan = path.span;
  if (const auto alias = decl.alias()) {
    const auto id = addImportItem(parent, decl, import, nameOf(alias), alias.span());
    const auto type = lowerTypeIfWritten(decl.type());
    item(id).type = type;
    return;
  }
  const auto text = base::text(path.path);
  if (text.empty()) return;  // reported
  const auto name = impliedName(text);
  if (name.empty()) {
    report(code::import_needs_name, pathSpan).label("write `as NAME` behind it");
    return;
  }
  addImportItem(parent, decl, import, base::intern(name), pathSpan);
}

ItemId Lowering::addImportItem(ItemId parent, syn::ImportDecl decl, std::uint32_t import, Symbol name, Span nameSpan) {
  const auto id = addItem(ItemKind::Import, parent, decl, syn::Name{});
  item(id).name = name;
  item(id).nameSpan = nameSpan;
  item(id).import = import;
  return id;
}

std::uint32_t Lowering::addImportPath(PathUse use, syn::StringExpr path, const syn::View& whole) {
  FilePath added;
  added.use = use;
  added.span = path ? path.span() : whole.span();
  added.path = plainText(path);
  module_.imports.push_back(added);
  return static_cast<std::uint32_t>(module_.imports.size() - 1);
}

void Lowering::lowerTypeAlias(ItemId id, syn::TypeDecl decl) {
  const auto type = lowerType(decl.type());
  item(id).type = type;
  if (const auto where = decl.where()) {
    const auto condition = lowerRequired(where.condition(), where);
    item(id).value = condition;
  }
  item(id).message = requirePlainText(decl.message(), "the message of a type");
}

void Lowering::lowerFn(ItemId id, syn::FnDecl decl) {
  const LocalScopes::Isolated scope(scopes_);
  const Within within(*this, {.hasSelf = false});
  // All params first, so that they are neighbours; a default sees only the params before its own.
  const auto first = static_cast<std::uint32_t>(module_.locals.size());
  for (const auto param : decl.params()) addLocal(LocalKind::FnParam, param.name());
  const auto count = static_cast<std::uint32_t>(module_.locals.size()) - first;
  auto next = first;
  for (const auto param : decl.params()) {
    const LocalId local{next++};
    const auto type = lowerTypeIfWritten(param.type());
    const auto value = lowerExprIfWritten(param.value());
    module_.locals[base::index(local)].type = type;
    module_.locals[base::index(local)].value = value;
    bind(local);
  }
  const auto result = lowerTypeIfWritten(decl.type());
  const auto value = lowerRequired(decl.value(), decl);
  auto& fn = item(id);
  fn.firstParam = LocalId{first};
  fn.paramCount = count;
  fn.type = result;
  fn.value = value;
}

void Lowering::reportRepeatedMembers(std::span<const ItemId> members) {
  // Titles of tests are a namespace of their own.
  const auto key = [&](ItemId id) { return std::pair(module_[id].kind == ItemKind::Test, module_[id].name); };
  std::vector<ItemId> byName(members.begin(), members.end());
  std::stable_sort(byName.begin(), byName.end(), [&](ItemId a, ItemId b) { return key(a) < key(b); });
  for (std::size_t first = 0, next = 1; next < byName.size(); ++next) {
    if (key(byName[first]) != key(byName[next])) {
      first = next;
    } else if (const auto name = module_[byName[next]].name; name != base::emptySymbol) {
      reportRepeated(name, module_[byName[first]].nameSpan, module_[byName[next]].nameSpan);
    }
  }
}

}  // namespace kdsl::hir
