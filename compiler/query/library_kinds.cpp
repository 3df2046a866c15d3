#include "query/library_kinds.hpp"

#include <algorithm>

#include "query/ide/facts.hpp"

namespace kdsl::query {

using convert::ForeignKind;
using convert::PlaceType;
using convert::TextForm;
using types::TypeId;
using types::TypeKind;

namespace {

PlaceType placeOf(TypeId type) { return PlaceType{static_cast<std::uint32_t>(type)}; }

std::string_view groupOf(std::string_view apiVersion) { return apiVersion.substr(0, std::min(apiVersion.find('/'), apiVersion.size())); }

}  // namespace

/// Places by the ids of their types.
class LibraryKinds::Places final : public convert::PlaceTypes {
 public:
  void setProgram(const sema::Workspace& program) { program_ = &program; }

  PlaceType member(PlaceType map, std::string_view key) const override {
    const auto* found = memberOf(map, key);
    if (found != nullptr) return placeOf(found->type);
    const auto* type = nodeOf(map);
    if (type == nullptr) return PlaceType::Unknown;
    if (type->kind == TypeKind::Map) return placeOf(type->element);
    if (type->kind == TypeKind::Record) {
      const auto field = std::ranges::find(type->fields, base::intern(key), &types::RecordField::name);
      if (field != type->fields.end()) return placeOf(field->type);
      return type->open ? placeOf(type->element) : PlaceType::Unknown;
    }
    return PlaceType::Unknown;
  }

  PlaceType element(PlaceType list) const override {
    const auto* type = nodeOf(list);
    const bool isList = type != nullptr && (type->kind == TypeKind::List || type->kind == TypeKind::Keyed || type->kind == TypeKind::Set);
    if (!isList) return PlaceType::Unknown;
    return placeOf(type->element);
  }

  TextForm form(PlaceType place) const override {
    const auto* type = nodeOf(place);
    if (type == nullptr) return TextForm::Text;
    if (type->kind == TypeKind::Quantity) return TextForm::Quantity;
    return type->kind == TypeKind::Duration ? TextForm::Duration : TextForm::Text;
  }

  bool isLeftOut(PlaceType map, std::string_view key) const override {
    const auto* type = nodeOf(map);
    const bool isKind = type != nullptr && type->kind == TypeKind::Nominal && program_->nominal(type->nominal).isKind();
    if (isKind && (key == "kind" || key == "apiVersion")) return true;
    const auto* found = memberOf(map, key);
    return found != nullptr && found->serverOnly;
  }

 private:
  const types::TypeNode* nodeOf(PlaceType place) const {
    if (place == PlaceType::Unknown || program_ == nullptr) return nullptr;
    const auto& table = program_->types();
    return &table[table.underlying(TypeId{static_cast<std::uint32_t>(place)})];
  }
  const types::Member* memberOf(PlaceType map, std::string_view key) const {
    const auto* type = nodeOf(map);
    return type == nullptr || type->kind != TypeKind::Nominal ? nullptr : program_->nominal(type->nominal).find(base::intern(key));
  }

  const sema::Workspace* program_ = nullptr;
};

LibraryKinds::LibraryKinds(int kubernetesMinor) : kubernetesMinor_(kubernetesMinor), places_(std::make_unique<Places>()) {}
LibraryKinds::~LibraryKinds() = default;

void LibraryKinds::open() {
  if (session_ != nullptr) return;
  Options options;
  options.kubernetesMinor = kubernetesMinor_;
  session_ = std::make_unique<Session>(std::move(options));
}

std::optional<ForeignKind> LibraryKinds::find(std::string_view apiVersion, std::string_view kind) {
  open();
  std::optional<ForeignKind> other;
  const auto group = "\"" + std::string(groupOf(apiVersion)) + "/";
  for (const auto& [path, file] : session_->library()) {
    // Few modules name the group: only those are checked.
    if (session_->files()[file].text.find(group) == std::string::npos) continue;
    const auto& hir = session_->declarations(file);
    for (const auto item : hir.childrenOf(hir[hir::moduleItem])) {
      if (hir[item].kind != hir::ItemKind::Schema || hir[item].isPrivate) continue;
      const auto facts = session_->facts(file);
      const auto& nominal = facts.program->nominal(facts.checked->nominals[base::index(item)]);
      if (!nominal.isKind() || base::text(nominal.kindName) != kind) continue;
      places_->setProgram(*facts.program);
      ForeignKind found{path, std::string(base::text(nominal.name)), std::string(base::text(nominal.apiVersion)), placeOf(facts.checked->itemTypes[base::index(item)])};
      if (found.apiVersion == apiVersion) return found;
      if (groupOf(found.apiVersion) == groupOf(apiVersion)) other = std::move(found);
    }
  }
  return other;
}

const convert::PlaceTypes& LibraryKinds::types() const { return *places_; }

std::optional<std::string> LibraryKinds::faultOf(const std::string& module) {
  open();
  const auto file = session_->openText("converted.kdsl", module);
  for (const auto& problem : session_->staticErrors(file)) {
    if (problem.severity == diag::Severity::Error) return diag::message(problem);
  }
  return std::nullopt;
}

}  // namespace kdsl::query
