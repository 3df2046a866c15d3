// The kinds of the Kubernetes API and their parts as nominal types, made when they are first asked for.
#include "sema/core.hpp"

namespace kdsl::sema {

using kubernetes::TypeTag;
using types::Member;
using types::Nominal;

TypeId Core::kubernetesType(kubernetes::DefId definition) {
  const auto id = types.nominalId(definition);
  if (types.nominalName(id) == base::emptySymbol && pack.has(definition)) types.setNominalName(id, base::intern(pack.definition(definition).shortName()));
  return types.nominal(id);
}

NominalId Core::kubernetesByName(Symbol name) {
  const auto definition = pack.prelude(base::text(name));
  if (!definition) return base::none<NominalId>;
  return types[kubernetesType(*definition)].nominal;
}

std::optional<kubernetes::Field> Core::kubernetesField(const Member& member) {
  if (member.kind != types::MemberKind::Field || !base::valid(member.owner)) return std::nullopt;
  const auto origin = types.nominalOrigin(member.owner);
  if (!origin.isKubernetes) return std::nullopt;
  return pack.definition(origin.definition).fields()[member.field];
}

TypeId Core::describedType(kubernetes::TypeDesc desc, const kubernetes::Field& field, bool isSecret) {
  switch (desc.tag()) {
    case TypeTag::Bool: return types::boolType;
    case TypeTag::Int32:
    case TypeTag::Int64: {
      types::TypeNode node;
      node.kind = field.isSeconds() ? types::TypeKind::Seconds : types::TypeKind::Int;
      if (const auto range = field.range()) {
        node.bounds.low = range->low;
        if (range->high < (desc.tag() == TypeTag::Int32 ? std::int64_t{INT32_MAX} : INT64_MAX)) node.bounds.high = range->high;
      }
      return types.intern(std::move(node));
    }
    case TypeTag::Float: return types::floatType;
    case TypeTag::String: {
      const auto values = field.enumValues();
      if (!values.empty()) {
        std::vector<TypeId> literals;
        literals.reserve(values.size());
        for (const auto value : values) literals.push_back(types.stringLiteral(base::intern(value)));
        return types.unite(literals);
      }
      [[fallthrough]];
    }
    case TypeTag::Bytes: {
      if (!isSecret) return types::stringType;
      types::TypeNode node;
      node.kind = types::TypeKind::Sensitive;
      node.element = types::stringType;
      return types.intern(std::move(node));
    }
    case TypeTag::Time:
    case TypeTag::MicroTime: return types::stringType;
    case TypeTag::Quantity: return types::quantityType;
    case TypeTag::IntOrString: return types.unite({types::intType, types::stringType});
    case TypeTag::Json: return types::anyType;
    case TypeTag::Definition: return kubernetesType(desc.definition());
    case TypeTag::List: return types.list(describedType(desc.element(), field, isSecret));
    case TypeTag::Map: return types.map(types::stringType, describedType(desc.element(), field, isSecret));
  }
  return types::anyType;
}

TypeId Core::fieldType(const kubernetes::Definition& definition, const kubernetes::Field& field) {
  if (definition.isKind() && field.name() == "kind") return types.stringLiteral(base::intern(definition.shortName()));
  if (definition.isKind() && field.name() == "apiVersion") return types.stringLiteral(base::intern(definition.apiVersion()));
  const bool isSecret = definition.shortName() == "Secret" && (field.name() == "data" || field.name() == "stringData");
  const auto desc = field.type();
  if (desc.tag() == TypeTag::List) {
    const auto element = describedType(desc.element(), field, isSecret);
    switch (field.listKind()) {
      case kubernetes::ListKind::Map: {
        std::vector<Symbol> keys;
        for (const auto key : field.listKeys()) keys.push_back(base::intern(key));
        return types.keyed(element, std::move(keys));
      }
      case kubernetes::ListKind::Set: return types.set(element);
      default: return types.list(element);
    }
  }
  return describedType(desc, field, isSecret);
}

void Core::materialise(kubernetes::DefId id, Nominal& nominal) {
  nominal.kind = types::NominalKind::KubernetesPart;
  nominal.definition = id;
  if (!pack.has(id)) {  // of another Kubernetes version: no members
    nominal.name = types.nominalName(nominal.id);
    return;
  }
  const auto definition = pack.definition(id);
  nominal.kind = definition.isKind() ? types::NominalKind::KubernetesKind : types::NominalKind::KubernetesPart;
  nominal.name = base::intern(definition.shortName());
  nominal.isNamespaced = definition.isNamespaced();
  if (definition.isKind()) {
    nominal.apiVersion = base::intern(definition.apiVersion());
    nominal.kindName = nominal.name;
  }
  nominal.doc = base::intern(definition.doc());
  const auto fields = definition.fields();
  nominal.members.reserve(fields.size());
  for (std::uint32_t i = 0; i < fields.size(); ++i) {
    const auto field = fields[i];
    Member member;
    member.name = base::intern(field.name());
    member.kind = types::MemberKind::Field;
    member.owner = nominal.id;
    member.field = i;
    member.doc = base::intern(field.doc());
    member.isDeprecated = field.isDeprecated();
    member.deprecated = base::intern(field.deprecation());
    member.serverOnly = field.isServerOnly();
    member.immutable = field.isImmutable();
    member.atomicList = field.listKind() == kubernetes::ListKind::Atomic || field.listKind() == kubernetes::ListKind::Unmarked;
    const auto type = fieldType(definition, field);
    const bool isIdentity = definition.isKind() && (field.name() == "kind" || field.name() == "apiVersion");
    const bool readsAsRecord = field.type().tag() == TypeTag::Definition && (field.name() == "metadata" || field.name() == "spec");
    const bool readsAsEmpty = field.type().isContainer() || readsAsRecord;
    member.required = field.isRequired() && !isIdentity && !readsAsRecord && !member.serverOnly;
    // What every object and container has in the end, though the API lets others fill it in (`generateName`, a container's default image).
    const bool isName = (field.name() == "name" && definition.shortName() == "ObjectMeta") || (field.name() == "image" && definition.shortName() == "Container");
    const bool alwaysReadable = member.required || isIdentity || readsAsEmpty || isName || field.isRequired() || field.defaultValue().has_value();
    member.type = alwaysReadable ? type : types.optional(type);
    if (const auto group = field.oneOfGroup()) member.oneof = static_cast<std::uint16_t>(*group + 1);
    nominal.members.push_back(member);
  }
  for (const auto& group : definition.oneOfGroups()) {
    types::OneOfGroup made;
    made.required = group.isRequired();
    for (std::size_t i = 0; i < group.memberCount(); ++i) made.members.push_back(nominal.members[group.memberField(i)].name);
    if (const auto discriminator = group.discriminatorField()) made.discriminator = nominal.members[*discriminator].name;
    for (std::size_t i = 0; i < group.caseCount(); ++i) {
      const auto which = group.caseAt(i);
      made.cases.emplace_back(base::intern(which.value), which.memberField ? nominal.members[*which.memberField].name : Symbol{});
    }
    nominal.oneofs.push_back(std::move(made));
  }
  nominal.buildIndex();
}

}  // namespace kdsl::sema
