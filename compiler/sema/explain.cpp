#include "sema/explain.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>

#include "base/near_name.hpp"
#include "base/sentence.hpp"
#include "sema/checker.hpp"
#include "sema/core.hpp"
#include "sema/foreign_words.hpp"
#include "sema/library_search.hpp"
#include "sema/words.hpp"
#include "types/words.hpp"

namespace kdsl::sema {

namespace {

using types::MemberKind;
using types::NominalKind;

constexpr std::size_t pageWidth = 100;

/// Words broken into lines of at most `width` bytes, each begun with `indent`. Paragraphs are kept, and so are blocks between fences.
void appendWrapped(std::string& out, std::string_view text, std::string_view indent, std::size_t width) {
  bool isFenced = false;
  while (!text.empty()) {
    const auto end = text.find('\n');
    auto paragraph = text.substr(0, end);
    text = end == std::string_view::npos ? std::string_view{} : text.substr(end + 1);
    const bool isFence = paragraph.starts_with("```");
    if (isFence) isFenced = !isFenced;
    if (isFence || isFenced) {
      if (!paragraph.empty()) out += fmt::format("{}{}", indent, paragraph);
      out += '\n';
      continue;
    }
    std::size_t column = 0;
    while (!paragraph.empty()) {
      const auto begin = paragraph.find_first_not_of(' ');
      if (begin == std::string_view::npos) break;
      paragraph = paragraph.substr(begin);
      const auto word = paragraph.substr(0, paragraph.find(' '));
      if (column != 0 && column + 1 + word.size() > width) {
        out += '\n';
        column = 0;
      }
      if (column == 0) {
        out += indent;
      } else {
        out += ' ';
        ++column;
      }
      out += word;
      column += word.size();
      paragraph = paragraph.substr(word.size());
    }
    out += '\n';
  }
}

std::string_view wordOf(const types::Nominal& nominal) {
  switch (nominal.kind) {
    case NominalKind::Schema: return nominal.isKind() ? "kind" : "schema";
    case NominalKind::KubernetesKind: return "kind";
    case NominalKind::KubernetesPart: return "part";
    case NominalKind::Component: return "component";
    case NominalKind::Module: return "module";
    case NominalKind::Policy: return "policy";
    case NominalKind::Test: return "test";
  }
  return "";
}

/// Writes one page.
class Explainer {
 public:
  Explainer(Core& core, std::string& out) : core_(core), out_(out) {}

  bool page(TypeId type, std::string_view title, std::span<const std::string_view> path) {
    out_ = fmt::format("{}\n\n", title);
    const types::Member* member = nullptr;
    const types::Nominal* owner = nullptr;
    auto at = type;
    for (const auto name : path) {
      auto actual = inner(at);
      const auto& node = core_.types[actual];
      if (node.kind == TypeKind::Map) {  // a name of a map is a key
        at = node.element;
        member = nullptr;
        continue;
      }
      if (node.kind != TypeKind::Nominal) return goesNowhere(at, name, {});
      owner = &core_.complete(node.nominal);
      member = owner->find(base::intern(name));
      if (member == nullptr || member->isPrivate) return goesNowhere(at, name, owner);
      at = member->type;
    }
    if (member != nullptr) {
      aboutMember(*owner, *member);
    } else if (!path.empty()) {
      out_ += fmt::format("  {}\n", core_.types.print(at));
    } else {
      aboutType(at);
    }
    fields(at);
    if (path.empty()) declarations(at);
    return true;
  }

  void word(const Word& word) {
    out_ = fmt::format("{}\n\n  {}\n\n", word.word, word.example);
    appendWrapped(out_, word.doc, "  ", pageWidth);
  }

  /// A policy, or of it or of a component one check. False if the file has none of the name.
  bool check(FileId file, std::string_view owner, std::string_view name, std::string_view title) {
    const auto& hir = core_.checker(file).hir();
    std::string text;
    for (const auto& item : hir.items) {
      if (!owner.empty() && (base::text(item.name) != owner || item.kind == hir::ItemKind::Import)) continue;
      if (owner.empty() && name.empty()) continue;
      if (item.kind == hir::ItemKind::Policy && name.empty()) {
        text += fmt::format("  policy {} of {}\n", base::text(item.name), core_.loader.fileName(file));
        if (const auto doc = base::text(item.doc); !doc.empty()) {
          text += '\n';
          appendWrapped(text, doc, "  ", pageWidth);
        }
        text += "\nChecks\n\n";
      }
      for (const auto& entry : hir.entries) {
        if (entry.kind != hir::EntryKind::Check || entry.name == base::emptySymbol || entry.span.begin < item.span.begin || item.span.end < entry.span.end) continue;
        if (!name.empty() && base::text(entry.name) != name) continue;
        if (name.empty() && item.kind != hir::ItemKind::Policy) continue;
        if (owner.empty() && (item.kind == hir::ItemKind::Module || item.kind == hir::ItemKind::Test)) continue;
        const auto full = item.kind == hir::ItemKind::Policy ? fmt::format("{}.{}", base::text(item.name), base::text(entry.name)) : std::string(base::text(entry.name));
        const auto in = item.kind == hir::ItemKind::Policy ? std::string() : fmt::format(" of {}", base::text(item.name));
        text += fmt::format("  {} {}{}, {}\n", entry.isWarning ? "warn" : "check", full, in, core_.loader.fileName(file));
        if (base::valid(entry.extra) && (hir[entry.extra].kind == hir::ExprKind::String || hir[entry.extra].kind == hir::ExprKind::Interpolation)) {
          appendWrapped(text, messageOf(hir, entry.extra), "    ", pageWidth);
        }
        if (!name.empty()) text += entry.isFinal ? "\n  It is final: nobody can waive it.\n" : fmt::format("\n  Where it is meant: waive {} because \"…\"\n", full);
      }
    }
    if (text.empty()) return false;
    out_ = fmt::format("{}\n\n{}", title, text);
    return true;
  }

  /// Members of the library by their bare name. False if there is none.
  bool members(std::string_view name) {
    const auto found = membersNamed(core_, base::intern(name));
    if (found.empty()) return false;
    const auto titleOf = [&](const LibraryMember& member) { return fmt::format("{}.{}", base::text(core_.types.nominalName(member.owner)), name); };
    if (found.size() == 1) {
      const std::string_view path[] = {name};
      const auto title = titleOf(found[0]);
      page(core_.types.nominal(found[0].owner), title, path);
      if (!found[0].heirs.empty()) {
        out_ += "\nThe same of\n\n";
        appendWrapped(out_, joined(found[0].heirs), "  ", pageWidth);
      }
      return true;
    }
    out_ = fmt::format("{}\n\n  Several have it. More of one: kdsl explain {}\n", name, titleOf(found[0]));
    for (const auto& place : found) {
      const auto& owner = core_.complete(place.owner);
      const auto* member = owner.find(place.name);
      out_ += fmt::format("\n  {}: {}{}\n", titleOf(place), core_.types.print(member->type), defaultOf(owner, *member));
      appendWrapped(out_, base::firstSentence(base::text(member->doc)), "    ", pageWidth);
      if (!place.heirs.empty()) appendWrapped(out_, "The same of " + joined(place.heirs) + ".", "    ", pageWidth);
    }
    return true;
  }

  void builtins(std::span<const types::Builtin> overloads, std::string_view title) {
    out_ = fmt::format("{}\n\n", title);
    for (const auto id : overloads) {
      const auto& info = types::builtinInfo(id);
      out_ += fmt::format("  {}{}\n\n", info.name, info.signature);
      appendWrapped(out_, info.doc, "  ", pageWidth);
      out_ += '\n';
    }
    out_.pop_back();
  }

 private:
  /// Through `?`, refs and the elements of lists to the type whose fields are meant.
  TypeId inner(TypeId type) {
    for (;;) {
      type = core_.types.underlying(type);
      const auto& node = core_.types[type];
      if (node.kind != TypeKind::List && node.kind != TypeKind::Keyed && node.kind != TypeKind::Set && node.kind != TypeKind::Ref) return type;
      type = node.element;
    }
  }

  bool goesNowhere(TypeId at, std::string_view name, const types::Nominal* nominal) {
    std::vector<std::string_view> names;
    if (nominal != nullptr) {
      for (const auto& member : nominal->members) {
        if (!member.isPrivate) names.push_back(base::text(member.name));
      }
    }
    const auto near = base::nearest(name, names);
    out_ = fmt::format("`{}` has no `{}`{}\n", core_.types.print(at), name, near.empty() ? std::string() : fmt::format("; did you mean `{}`?", near));
    return true;
  }

  void aboutType(TypeId type) {
    const auto& node = core_.types[core_.types.underlying(type)];
    if (node.kind == TypeKind::Nominal) {
      const auto& nominal = core_.complete(node.nominal);
      out_ += fmt::format("  {} {}", wordOf(nominal), base::text(nominal.name));
      if (base::valid(nominal.base)) out_ += fmt::format(" extends {}", base::text(core_.types.nominalName(nominal.base)));
      const auto origin = core_.types.nominalOrigin(nominal.id);
      if (origin.isKubernetes) {
        const auto definition = core_.pack.definition(origin.definition);
        out_ += fmt::format(" of {}, Kubernetes 1.{}", definition.apiVersion(), core_.pack.minor());
        if (nominal.kind == NominalKind::KubernetesKind) out_ += definition.isNamespaced() ? ", in a namespace" : ", of the cluster";
      } else {
        out_ += fmt::format(" of {}", core_.loader.fileName(origin.file));
      }
      out_ += '\n';
      paragraph(base::text(nominal.doc));
      return;
    }
    auto unnamed = core_.types[type];
    const auto declaration = unnamed.alias;
    unnamed.symbol = {};
    unnamed.alias = {};
    const auto bare = unnamed.kind == TypeKind::Where ? unnamed.element : core_.types.intern(std::move(unnamed));
    out_ += fmt::format("  type = {}\n", core_.types.print(bare));
    if (base::valid(declaration.file)) paragraph(base::text(core_.checker(declaration.file).hir()[declaration.item].doc));
  }

  void aboutMember(const types::Nominal& owner, const types::Member& member) {
    out_ += fmt::format("  {} {}: {}{}\n", wordOf(member.kind), base::text(member.name), core_.types.print(member.type), defaultOf(owner, member));
    const auto field = core_.kubernetesField(member);
    std::vector<std::string> facts;
    if (member.required) facts.emplace_back("required");
    if (member.serverOnly) facts.emplace_back("set by the cluster only");
    if (member.immutable) facts.emplace_back("cannot be changed in an existing object");
    if (field && !field->referencedKind().empty()) facts.push_back(fmt::format("names a {}", field->referencedKind()));
    if (member.oneof != 0) {
      std::string others;
      for (const auto name : owner.oneofs[member.oneof - 1u].members) {
        if (name != member.name) others += (others.empty() ? "`" : ", `") + std::string(base::text(name)) + "`";
      }
      facts.push_back("excludes " + others);
    }
    std::string line;
    for (const auto& fact : facts) line += (line.empty() ? "" : "; ") + fact;
    if (!line.empty()) appendWrapped(out_, line, "  ", pageWidth);
    if (member.isDeprecated) {
      const auto why = base::text(member.deprecated);
      appendWrapped(out_, fmt::format("Deprecated{}{}", why.empty() ? "" : ": ", why), "  ", pageWidth);
    }
    paragraph(base::text(member.doc));
  }

  /// What it is where nothing else is written: in `owner`, which may have inherited the member and set it.
  std::string defaultOf(const types::Nominal& owner, const types::Member& member) {
    if (const auto field = core_.kubernetesField(member)) {
      const auto value = field->defaultValue();
      if (!value) return {};
      switch (value->kind) {
        case kubernetes::DefaultValue::Kind::Bool: return value->boolean ? " = true" : " = false";
        case kubernetes::DefaultValue::Kind::Int: return fmt::format(" = {}", value->integer);
        case kubernetes::DefaultValue::Kind::String: return fmt::format(" = \"{}\"", value->string);
      }
    }
    if (member.kind == MemberKind::Resource || member.kind == MemberKind::External || member.kind == MemberKind::Let) return {};
    for (const auto* nominal = &owner; nominal->id != member.owner && base::valid(nominal->base); nominal = &core_.complete(nominal->base)) {
      if (!base::valid(nominal->declaration.file)) break;
      const auto& hir = core_.checker(nominal->declaration.file).hir();
      if (const auto value = setIn(hir, hir[nominal->declaration.item].body, member.name); base::valid(value)) return literal(hir, value);
    }
    return base::valid(member.value) ? literal(core_.checker(core_.types.nominalOrigin(member.owner).file).hir(), member.value) : std::string();
  }

  /// The value that a body sets a member to as a whole; none if it does not.
  static hir::ExprId setIn(const hir::Module& hir, hir::BodyId body, Symbol name) {
    if (!base::valid(body)) return base::none<hir::ExprId>;
    for (const auto& entry : hir.entriesOf(hir[body])) {
      if (entry.kind == hir::EntryKind::Set && entry.segmentCount == 1 && hir.segmentsOf(entry)[0].kind == hir::SegmentKind::Name && hir.segmentsOf(entry)[0].name == name) return entry.value;
    }
    return base::none<hir::ExprId>;
  }

  static std::string literal(const hir::Module& hir, hir::ExprId value) {
    const auto& expr = hir[value];
    switch (expr.kind) {
      case hir::ExprKind::Bool: return expr.a != 0 ? " = true" : " = false";
      case hir::ExprKind::Int: return fmt::format(" = {}", hir.ints[expr.a]);
      case hir::ExprKind::Unit: return fmt::format(" = {}", base::text(Symbol{expr.a}));
      case hir::ExprKind::String: return fmt::format(" = \"{}\"", base::text(Symbol{expr.a}));
      default: return " = …";
    }
  }

  void paragraph(std::string_view doc) {
    if (doc.empty()) return;
    out_ += '\n';
    appendWrapped(out_, doc, "  ", pageWidth);
  }

  /// The table of what may stand below, one line each.
  void fields(TypeId type) {
    const auto& node = core_.types[inner(type)];
    if (node.kind != TypeKind::Nominal) return;
    const auto& nominal = core_.complete(node.nominal);
    std::size_t nameWidth = 0, typeWidth = 0;
    struct Row {
      std::string name, type, doc;
    };
    std::vector<Row> rows;
    for (const auto& member : nominal.members) {
      if (member.isPrivate) continue;
      Row row{std::string(base::text(member.name)), core_.types.print(member.type) + defaultOf(nominal, member), base::firstSentence(base::text(member.doc))};
      if (member.required) row.name += '*';
      nameWidth = std::max(nameWidth, row.name.size());
      constexpr std::size_t widest = 40;
      typeWidth = std::max(typeWidth, std::min(row.type.size(), widest));
      rows.push_back(std::move(row));
    }
    if (rows.empty()) return;
    const bool anyRequired = std::any_of(rows.begin(), rows.end(), [](const Row& row) { return row.name.ends_with('*'); });
    out_ += fmt::format("\n{}{}\n\n", nominal.kind == NominalKind::Component || nominal.kind == NominalKind::Module ? "Members" : "Fields", anyRequired ? " (* required)" : "");
    for (const auto& row : rows) {
      // A type that is too wide for its column pushes the words to a line of their own.
      const bool wide = row.type.size() > typeWidth && !row.doc.empty();
      auto line = fmt::format("  {:<{}}  {:<{}}", row.name, nameWidth, row.type, typeWidth);
      line += wide ? "\n" + std::string(nameWidth + typeWidth + 6, ' ') : std::string("  ");
      line += row.doc;
      while (line.ends_with(' ')) line.pop_back();
      out_ += line;
      out_ += '\n';
    }
    if (nominal.isOpen) out_ += fmt::format("  [{}]: {}\n", core_.types.print(nominal.openKey), core_.types.print(nominal.openValue));
  }

  /// What a module declares for others.
  void declarations(TypeId type) {
    const auto& node = core_.types[inner(type)];
    if (node.kind != TypeKind::Nominal || core_.complete(node.nominal).kind != NominalKind::Module) return;
    const auto& hir = core_.checker(core_.types.nominalOrigin(node.nominal).file).hir();
    std::string rows;
    for (const auto child : hir.childrenOf(hir[hir::moduleItem])) {
      const auto& item = hir[child];
      const auto kind = declaringWord(item.kind);
      if (kind.empty() || item.isPrivate || item.name == base::emptySymbol) continue;
      rows += fmt::format("  {:<10} {:<22}  {}", kind, base::text(item.name), base::firstSentence(base::text(item.doc)));
      while (rows.ends_with(' ')) rows.pop_back();
      rows += '\n';
    }
    if (!rows.empty()) out_ += "\nDeclares\n\n" + rows;
  }

  static std::string joined(std::span<const std::string_view> names) {
    std::string text;
    for (const auto name : names) text += (text.empty() ? "" : ", ") + std::string(name);
    return text;
  }

  static std::string_view declaringWord(hir::ItemKind kind) {
    switch (kind) {
      case hir::ItemKind::Component: return "component";
      case hir::ItemKind::Schema: return "schema";
      case hir::ItemKind::TypeAlias: return "type";
      case hir::ItemKind::Fn: return "fn";
      case hir::ItemKind::Policy: return "policy";
      default: return {};
    }
  }

  /// With `…` for what is filled in.
  static std::string messageOf(const hir::Module& hir, hir::ExprId id) {
    const auto& expr = hir[id];
    if (expr.kind == hir::ExprKind::String) return std::string(base::text(Symbol{expr.a}));
    std::string text;
    for (const auto part : hir.exprList(expr.a, expr.b)) text += hir[part].kind == hir::ExprKind::String ? std::string(base::text(Symbol{hir[part].a})) : std::string("…");
    return text;
  }

  Core& core_;
  std::string& out_;
};

std::vector<std::string_view> split(std::string_view path) {
  std::vector<std::string_view> parts;
  while (!path.empty()) {
    const auto dot = path.find('.');
    parts.push_back(path.substr(0, dot));
    path = dot == std::string_view::npos ? std::string_view{} : path.substr(dot + 1);
  }
  return parts;
}

types::Receiver receiverNamed(std::string_view name) {
  constexpr std::pair<std::string_view, types::Receiver> receivers[] = {
      {"bool", types::Receiver::Bool},         {"string", types::Receiver::String},     {"int", types::Receiver::Int}, {"float", types::Receiver::Float},
      {"Quantity", types::Receiver::Quantity}, {"Duration", types::Receiver::Duration}, {"list", types::Receiver::List}, {"set", types::Receiver::Set},
      {"map", types::Receiver::Map},           {"any", types::Receiver::Any},
  };
  for (const auto& [known, receiver] : receivers) {
    if (known == name) return receiver;
  }
  return types::Receiver::Function;
}

/// The type that a declaration of a file is; Error if it is none.
TypeId declaredType(Core& core, FileId file, Symbol name) {
  auto& checker = core.checker(file);
  const auto item = checker.findExport(name);
  if (!base::valid(item)) return types::errorType;
  switch (checker.hir()[item].kind) {
    case hir::ItemKind::TypeAlias:
    case hir::ItemKind::Schema:
    case hir::ItemKind::Component: return checker.itemType(item);
    case hir::ItemKind::Import: {
      const auto& import = checker.imports()[checker.hir()[item].import];
      const auto imported = checker.hir()[item].importedName;
      if (!base::valid(import.file) || import.isData) return types::errorType;
      return imported == base::emptySymbol ? core.types.nominal(core.checker(import.file).nominalOf(hir::moduleItem)) : declaredType(core, import.file, imported);
    }
    default: return types::errorType;
  }
}

std::optional<std::string> explainIn(Core& core, std::string_view path, FileId file) {
  std::string out;
  Explainer explainer(core, out);
  auto type = types::errorType;
  auto rest = path;
  if (const auto slash = path.rfind('/'); slash != std::string_view::npos) {
    const auto dot = path.find('.', slash);
    const auto module = path.substr(0, dot);
    rest = dot == std::string_view::npos ? std::string_view{} : path.substr(dot + 1);
    const auto parts = split(rest);
    if (module.starts_with("k8s/")) {
      const auto group = core.pack.groupVersion(module.substr(4));
      const auto definition = group && !parts.empty() ? group->find(parts[0]) : std::nullopt;
      if (!definition) return std::nullopt;
      type = core.kubernetesType(*definition);
    } else {
      const auto library = libraryFile(core, module);
      if (!base::valid(library)) return std::nullopt;
      type = parts.empty() ? core.types.nominal(core.checker(library).nominalOf(hir::moduleItem)) : declaredType(core, library, base::intern(parts[0]));
    }
    if (type == types::errorType) {
      const auto library = libraryFile(core, module);
      if (parts.empty() || parts.size() > 2 || !base::valid(library) || !explainer.check(library, parts[0], parts.size() == 2 ? parts[1] : std::string_view(), path)) return std::nullopt;
      return out;
    }
    explainer.page(type, path, std::span(parts).subspan(parts.empty() ? 0 : 1));
    return out;
  }
  const auto parts = split(path);
  if (parts.empty()) return std::nullopt;
  const auto name = base::intern(parts[0]);
  if (base::valid(file)) type = declaredType(core, file, name);
  if (type == types::errorType && base::valid(core.loader.prelude())) type = declaredType(core, core.loader.prelude(), name);
  if (type == types::errorType) {
    if (const auto kind = core.kubernetesByName(name); base::valid(kind)) type = core.types.nominal(kind);
  }
  if (type == types::errorType) {
    if (const auto library = core.loader.libraryOf(name); !library.empty()) {
      if (const auto found = libraryFile(core, library); base::valid(found)) type = declaredType(core, found, name);
    }
  }
  if (type != types::errorType) {
    const auto& node = core.types[core.types.underlying(type)];
    const bool isMember = parts.size() != 2 || node.kind != TypeKind::Nominal || core.complete(node.nominal).find(base::intern(parts[1])) != nullptr;
    const auto declaredIn = node.kind == TypeKind::Nominal ? core.complete(node.nominal).declaration.file : base::none<FileId>;
    if (!isMember && base::valid(declaredIn) && explainer.check(declaredIn, parts[0], parts[1], path)) return out;
    explainer.page(type, path, std::span(parts).subspan(1));
    return out;
  }
  std::vector<FileId> mayDeclare;
  if (base::valid(file)) mayDeclare.push_back(file);
  for (const auto part : parts) {
    for (const auto& library : {core.loader.libraryOf(base::intern(part)), core.loader.libraryWithCheck(base::intern(part))}) {
      if (const auto found = library.empty() ? base::none<FileId> : libraryFile(core, library); base::valid(found)) mayDeclare.push_back(found);
    }
  }
  for (const auto from : mayDeclare) {
    if (parts.size() == 1 && (explainer.check(from, parts[0], {}, path) || explainer.check(from, {}, parts[0], path))) return out;
    if (parts.size() == 2 && explainer.check(from, parts[0], parts[1], path)) return out;
  }
  if (const auto* found = parts.size() == 1 ? findWord(parts[0]) : nullptr) {
    explainer.word(*found);
    return out;
  }
  const auto overloads = parts.size() == 1 ? types::findBuiltin(types::Receiver::Function, parts[0]) : parts.size() == 2 ? types::findBuiltin(receiverNamed(parts[0]), parts[1]) : std::span<const types::Builtin>{};
  if (overloads.empty() || (parts.size() == 2 && receiverNamed(parts[0]) == types::Receiver::Function)) {
    return parts.size() == 1 && explainer.members(parts[0]) ? std::optional(out) : std::nullopt;
  }
  explainer.builtins(overloads, path);
  return out;
}

/// What `explain` knows of that is near a name that it does not know.
std::string nearestIn(Core& core, std::string_view name) {
  if (const auto meant = libraryNameFor(name); !meant.empty()) return std::string(meant);
  auto names = libraryNames(core);
  const auto members = memberNames(core);
  names.insert(names.end(), members.begin(), members.end());
  for (const auto definition : core.pack.preludeDefinitions()) names.push_back(core.pack.definition(definition).shortName());
  for (const auto& builtin : types::builtins()) {
    if (builtin.receiver == types::Receiver::Function) names.push_back(builtin.name);
  }
  return std::string(base::nearest(name, names));
}

}  // namespace

std::optional<std::string> explain(Workspace& workspace, std::string_view path) { return explain(workspace, path, base::none<FileId>); }

std::string nearestPage(Workspace& workspace, std::string_view name) {
  return workspace.withCore([&](Core& core) { return nearestIn(core, name); });
}

std::optional<std::string> explain(Workspace& workspace, std::string_view path, FileId file) {
  return workspace.withCore([&](Core& core) { return explainIn(core, path, file); });
}

}  // namespace kdsl::sema
