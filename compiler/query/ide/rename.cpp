#include "query/ide/rename.hpp"

#include <algorithm>

#include "syntax/literal.hpp"
#include "syntax/token.hpp"

namespace kdsl::query {

using hir::ItemKind;

namespace {

constexpr std::string_view ofTheLibrary = "this is part of the standard library";

/// Of `{ name }` the value: its key is declared elsewhere and rarely meant.
const Occurrence* occurrenceAt(const FileIndex& index, std::uint32_t offset) {
  const auto found = occurrencesAt(index, offset);
  return found.empty() ? nullptr : found.back();
}

std::string_view textOf(const Facts& facts, Span span) { return facts.text().substr(span.begin, span.size()); }

std::string quoted(std::string_view name) { return "\"" + std::string(name) + "\""; }

bool isSubject(const RenameSubject& subject, const Target& target) {
  return target == subject.target || (subject.alias && target == *subject.alias);
}

/// The import of this file that gives `name` to something of another file, or none.
hir::ItemId aliasNamed(const hir::Module& module, std::string_view name) {
  const auto item = module.findChild(hir::moduleItem, base::intern(name));
  if (!base::valid(item) || module[item].kind != ItemKind::Import) return base::none<hir::ItemId>;
  const bool isAlias = module[item].importedName != base::emptySymbol && module[item].importedName != module[item].name;
  return isAlias ? item : base::none<hir::ItemId>;
}

void subjectOfItem(const Facts& facts, RenameSubject& subject) {
  const auto& target = subject.target;
  const auto& module = *facts.program->module(target.file).hir;
  const auto& item = module[target.item];
  switch (item.kind) {
    case ItemKind::Module: subject.refusal = "a module is called like its file"; return;
    case ItemKind::Test: subject.refusal = "a test has a title, not a name"; return;
    case ItemKind::Import:
      subject.isOnlyHere = true;
      if (item.nameSpan == module.imports[item.import].span) subject.refusal = "a module is called like its file";
      // Uses of the name lead to what it stands for, the name after `as` to the import itself.
      if (item.importedName != base::emptySymbol) {
        subject.alias = target;
        const auto& source = facts.checked->imports[item.import];
        if (base::valid(source.file) && !source.isData) {
          const auto other = facts.program->module(source.file).hir->findChild(hir::moduleItem, item.importedName);
          if (base::valid(other)) {
            subject.target.file = source.file;
            subject.target.item = other;
          }
        }
      }
      return;
    default: break;
  }
  if (subject.name != base::text(item.name)) {
    // Here it goes by another name, which this file gave to it.
    const auto import = aliasNamed(facts.hir(), subject.name);
    if (!base::valid(import)) {
      subject.refusal = "this is written differently where it is declared";
      return;
    }
    Target alias;
    alias.kind = TargetKind::Item;
    alias.file = facts.file;
    alias.item = import;
    subject.alias = alias;
    subject.isOnlyHere = true;
    return;
  }
  if ((*facts.files)[target.file].builtIn) subject.refusal = ofTheLibrary;
  subject.isOnlyHere = item.isPrivate && target.file == facts.file;
}

/// The name stands alone, so that a declaration of the same name nearer by would take its place; not behind a dot, nor as a key.
bool standsAlone(const Facts& facts, const Occurrence& occurrence) {
  if (occurrence.declares || (occurrence.writes && !occurrence.shorthand)) return false;
  return occurrence.span.begin == 0 || facts.text()[occurrence.span.begin - 1] != '.';
}

}  // namespace

RenameSubject renameSubject(const Facts& facts, const FileIndex& index, std::uint32_t offset) {
  RenameSubject subject;
  const auto* occurrence = occurrenceAt(index, offset);
  if (occurrence == nullptr) {
    subject.refusal = "there is no name here";
    return subject;
  }
  subject.target = occurrence->target;
  subject.span = occurrence->span;
  subject.name = textOf(facts, subject.span);
  if (subject.name.size() > 2 && subject.name.front() == '"' && subject.name.back() == '"') {
    subject.name = subject.name.substr(1, subject.name.size() - 2);
    subject.span = {subject.span.begin + 1, subject.span.end - 1};
  }
  switch (subject.target.kind) {
    case TargetKind::Local: {
      const auto kind = (*facts.program->module(subject.target.file).hir)[subject.target.local].kind;
      // Calls may name the parameters of a function.
      subject.isOnlyHere = kind != hir::LocalKind::FnParam;
      if ((*facts.files)[subject.target.file].builtIn) subject.refusal = ofTheLibrary;
      break;
    }
    case TargetKind::Item: subjectOfItem(facts, subject); break;
    case TargetKind::Member: {
      const auto place = declarationOf(*facts.program, subject.target);
      if (!base::valid(place.file)) subject.refusal = "this is a field of the Kubernetes API";
      else if ((*facts.files)[place.file].builtIn) subject.refusal = ofTheLibrary;
      break;
    }
    case TargetKind::Key: subject.refusal = "this key is not declared anywhere"; break;
    default: subject.refusal = "this is part of the language"; break;
  }
  return subject;
}

std::string renameConflict(const Facts& facts, const FileIndex& index, const RenameSubject& subject, std::string_view name) {
  if (!syntax::isBareWord(name) || syntax::isReserved(syntax::wordKind(name))) return "`" + std::string(name) + "` is not a name";
  const auto symbol = base::findSymbol(name);
  if (symbol == base::emptySymbol) return {};
  auto taken = "`" + std::string(name) + "` is a name in " + (*facts.files)[facts.file].displayPath + " already";
  const auto& module = facts.hir();
  const bool isMeant = std::any_of(index.occurrences.begin(), index.occurrences.end(), [&](const Occurrence& use) { return isSubject(subject, use.target); });
  if (!isMeant) return {};
  if (std::any_of(module.locals.begin(), module.locals.end(), [&](const hir::Local& local) { return local.name == symbol; })) return taken;
  const bool isUsedAlone = std::any_of(index.occurrences.begin(), index.occurrences.end(), [&](const Occurrence& use) { return isSubject(subject, use.target) && standsAlone(facts, use); });
  const bool isItem = subject.target.kind == TargetKind::Item;
  for (std::uint32_t i = 0; i < module.items.size(); ++i) {
    const auto& other = module.items[i];
    if (other.name != symbol || other.kind == ItemKind::Test) continue;
    const bool isSibling = isItem && subject.target.file == facts.file && module[subject.target.item].parent == other.parent;
    if (isUsedAlone || isSibling || subject.isOnlyHere) return taken;
  }
  if (subject.target.kind == TargetKind::Member) {
    const auto& owner = facts.program->nominal(subject.target.nominal);
    if (owner.find(symbol) != nullptr) return "`" + std::string(base::text(owner.name)) + "` has a field `" + std::string(name) + "` already";
  }
  // A name that is used here and declared further out, or in another file, would be hidden.
  const bool isUsed = std::any_of(index.occurrences.begin(), index.occurrences.end(), [&](const Occurrence& use) {
    return !isSubject(subject, use.target) && standsAlone(facts, use) && textOf(facts, use.span) == name;
  });
  return isUsed ? taken : std::string();
}

void addRenameEdits(const Facts& facts, const FileIndex& index, const RenameSubject& subject, std::string_view name, Rename& out) {
  const auto& all = index.occurrences;
  for (std::size_t i = 0; i < all.size(); ++i) {
    const auto& use = all[i];
    if (!isSubject(subject, use.target)) continue;
    const auto written = textOf(facts, use.span);
    const source::Location at{facts.file, use.span};
    if (written == quoted(subject.name)) {
      out.edits.push_back({at, quoted(name)});
      continue;
    }
    if (written != subject.name) continue;
    // Both halves of `{ name }` stand at one span, the key first.
    const auto* pair = i > 0 && all[i - 1].span == use.span ? &all[i - 1] : i + 1 < all.size() && all[i + 1].span == use.span ? &all[i + 1] : nullptr;
    const bool isShorthand = pair != nullptr && (use.shorthand || pair->shorthand);
    const bool isWhole = isShorthand && isSubject(subject, pair->target);  // both halves are the subject
    if (isShorthand && !isWhole) {
      out.edits.push_back({at, use.shorthand ? std::string(name) + ": " + subject.name : subject.name + ": " + std::string(name)});
    } else if (!isWhole || use.shorthand) {
      out.edits.push_back({at, std::string(name)});  // of a whole shorthand once
    }
  }
}

}  // namespace kdsl::query
