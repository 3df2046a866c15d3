// Keys to set, and fields and methods to read.
#include <algorithm>

#include "query/ide/completer.hpp"
#include "query/ide/type_lookup.hpp"

namespace kdsl::query {

using types::MemberKind;
using types::TypeKind;

namespace {

CompletionKind kindOf(MemberKind kind) {
  switch (kind) {
    case MemberKind::Field: return CompletionKind::Field;
    case MemberKind::Param: return CompletionKind::Param;
    case MemberKind::Let: return CompletionKind::Let;
    case MemberKind::Resource: return CompletionKind::Resource;
    case MemberKind::External: return CompletionKind::External;
  }
  return CompletionKind::Field;
}

}  // namespace

bool Completer::isSetIn(hir::BodyId body, base::Symbol name) const {
  if (!base::valid(body)) return false;
  for (const auto& entry : hir_.entriesOf(hir_[body])) {
    if (entry.kind != hir::EntryKind::Set || entry.segmentCount != 1) continue;
    const auto& segment = hir_.segments[entry.firstSegment];
    if (segment.kind == hir::SegmentKind::Name && segment.name == name && segment.span != caret_) return true;
  }
  return false;
}

bool Completer::isBegunIn(hir::BodyId body, base::Symbol name) const {
  if (!base::valid(body)) return false;
  const auto entries = hir_.entriesOf(hir_[body]);
  return std::any_of(entries.begin(), entries.end(), [&](const hir::Entry& entry) {
    if (entry.kind != hir::EntryKind::Set || entry.segmentCount < 2) return false;
    const auto& segment = hir_.segments[entry.firstSegment];
    return segment.kind == hir::SegmentKind::Name && segment.name == name && segment.span != caret_;
  });
}

base::Symbol Completer::memberSaidByKey(hir::BodyId body) const {
  const auto* entry = entryWith(body);
  if (entry == nullptr) return base::emptySymbol;
  const auto& table = program_.types();
  const auto list = index_.segmentOrigins[entry->firstSegment + entry->segmentCount - 1];
  const auto& node = table[table.underlying(list)];
  return node.kind == TypeKind::Keyed && node.keys.size() == 1 ? node.keys[0] : base::emptySymbol;
}

void Completer::addMembersToSet(TypeId place, hir::BodyId body, bool hasColon) {
  const auto said = memberSaidByKey(body);
  for (const auto branch : branchesOf(program_, place)) {
    const auto& table = program_.types();
    const auto& node = table[table.underlying(branch)];
    if (node.kind == TypeKind::Record) {
      for (const auto& field : node.fields) {
        if (isSetIn(body, field.name)) continue;
        auto& item = add(std::string(base::text(field.name)), CompletionKind::Field, field.hasDefault() ? RankMember : RankRequired);
        item.detail = typeText(field.type);
        if (!hasColon) item.insertText += valueSnippet(field.name, field.type);
        item.isSnippet = !hasColon && options_.snippets;
      }
    }
    const auto* nominal = nominalOf(program_, branch);
    if (nominal == nullptr) continue;
    for (const auto& member : nominal->members) {
      // What the cluster writes, and `let`s, cannot be set; `kind` and `apiVersion` are given by the type.
      const bool isIdentity = nominal->isKind() &&
                              (base::text(member.name) == "kind" || base::text(member.name) == "apiVersion");
      if (member.serverOnly || member.isPrivate || isIdentity || member.name == said || isSetIn(body, member.name)) continue;
      addMemberToSet(member, *nominal, member.required && !isBegunIn(body, member.name), hasColon);
    }
  }
}

void Completer::addMemberToSet(const types::Member& member, const types::Nominal& nominal, bool isMissing, bool hasColon) {
  // What a component makes comes behind what it asks for.
  const bool isMade = nominal.kind == types::NominalKind::Component && member.kind != MemberKind::Param;
  auto& item = add(std::string(base::text(member.name)), kindOf(member.kind), isMissing ? RankRequired : isMade ? RankOther : RankMember);
  item.detail = typeText(member.type);
  item.required = isMissing;
  item.deprecated = member.isDeprecated;
  item.target = targetOfMember(member);
  item.type = member.type;
  if (hasColon) return;
  item.insertText += isMade ? (options_.snippets ? ": {\n\t$0\n}" : ": ") : valueSnippet(types::isOfApi(nominal.kind) ? member.name : base::emptySymbol, member.type);
  item.isSnippet = options_.snippets;
}

void Completer::addMembersToRead(TypeId type) {
  for (const auto branch : branchesOf(program_, type)) {
    const auto& table = program_.types();
    const auto& node = table[table.underlying(branch)];
    if (node.kind == TypeKind::Record) {
      for (const auto& field : node.fields)
        add(std::string(base::text(field.name)), CompletionKind::Field, RankMember).detail = typeText(field.type);
    }
    const auto* nominal = nominalOf(program_, branch);
    if (nominal == nullptr) continue;
    for (const auto& member : nominal->members) {
      if (member.isPrivate) continue;
      auto& item = add(std::string(base::text(member.name)), kindOf(member.kind), RankMember);
      item.detail = typeText(member.type);
      item.deprecated = member.isDeprecated;
      item.target = targetOfMember(member);
      item.type = member.type;
    }
  }
}

types::Receiver receiverOf(const sema::Program& program, TypeId type) {
  const auto& table = program.types();
  const auto& node = table[table.underlying(type)];
  switch (node.kind) {
    case TypeKind::Bool:
    case TypeKind::BoolLiteral: return types::Receiver::Bool;
    case TypeKind::String:
    case TypeKind::StringLiteral: return types::Receiver::String;
    case TypeKind::Int:
    case TypeKind::IntLiteral:
    case TypeKind::Seconds: return types::Receiver::Int;
    case TypeKind::Float:
    case TypeKind::FloatLiteral: return types::Receiver::Float;
    case TypeKind::Quantity: return types::Receiver::Quantity;
    case TypeKind::Duration: return types::Receiver::Duration;
    case TypeKind::List:
    case TypeKind::Keyed: return types::Receiver::List;
    case TypeKind::Set: return types::Receiver::Set;
    case TypeKind::Map: return types::Receiver::Map;
    case TypeKind::Union:
      // All branches of one sort: `"dev" | "prod"` is a string.
      for (const auto branch : node.members) {
        if (receiverOf(program, branch) != receiverOf(program, node.members[0])) return types::Receiver::Any;
      }
      return receiverOf(program, node.members[0]);
    default: return types::Receiver::Any;
  }
}

void Completer::addMethods(TypeId type) {
  const auto receiver = receiverOf(program_, type);
  for (const auto& info : types::builtins()) {
    if (info.receiver == types::Receiver::Function || (info.receiver != receiver && info.receiver != types::Receiver::Any)) continue;
    auto& item = add(std::string(info.name), CompletionKind::Method, info.receiver == receiver ? RankOther : RankBuiltin);
    item.detail = info.signature;
    item.target.kind = TargetKind::Builtin;
    item.target.builtin = static_cast<std::uint32_t>(info.id);
    const bool takesNothing = info.signature.starts_with("()");
    item.insertText = std::string(info.name) + (takesNothing || !options_.snippets ? "()" : "($1)");
    item.isSnippet = !takesNothing && options_.snippets;
  }
}

}  // namespace kdsl::query
