// The Kubernetes API schemas, one pack per minor version, read in place from data that the build embeds.
//
// Nothing here is parsed, allocated or initialised at start: a `SchemaPack` *is* a piece of the embedded data, and `Definition`, `Field`,
// `OneOfGroup` and the lists are two-word handles into it. Handles and every `std::string_view` stay valid for the life of the program.
// Look-ups by name are binary searches, look-ups by id are one array access. All of it is immutable and may be used from any thread.
#pragma once

#include <cstddef>
#include <cstdint>
#include <iterator>
#include <optional>
#include <span>
#include <string_view>

namespace kdsl::kubernetes {

class SchemaPack;

namespace blob {
struct Header;
struct DefinitionRecord;
struct FieldRecord;
struct OneOfRecord;
struct GroupVersionRecord;
}  // namespace blob

/// Names one API definition (`io.k8s.api.apps.v1.DeploymentSpec`). The id is the same in every pack, so that it may be kept across
/// versions; whether a pack has the definition is `SchemaPack::has`. Ids are dense: 0 to `SchemaPack::idLimit() - 1`, in name order.
enum class DefId : uint32_t {};

/// What a value of the API looks like. Definitions that only wrap a scalar (Quantity, IntOrString, Time, MicroTime) and those that hold any
/// JSON (RawExtension, JSON, FieldsV1, Patch, JSONSchemaPropsOr...) are resolved to a tag and never appear as `Definition`.
enum class TypeTag : uint8_t {
  Bool,
  Int32,
  Int64,
  Float,
  String,
  Bytes,        ///< a string of base64
  Time,         ///< RFC 3339
  MicroTime,    ///< RFC 3339 with microseconds
  Quantity,
  IntOrString,
  Json,         ///< any value
  Definition,
  List,
  Map,          ///< keys are strings
};

/// The type of a field: a tag, its element type (List, Map) or its definition. A plain value of 32 bits; compares by content.
class TypeDesc {
 public:
  constexpr TypeDesc() = default;
  constexpr explicit TypeDesc(uint32_t bits) : bits_(bits) {}
  static constexpr TypeDesc scalar(TypeTag tag) { return TypeDesc(static_cast<uint32_t>(tag)); }
  static constexpr TypeDesc of(DefId id) { return TypeDesc(static_cast<uint32_t>(TypeTag::Definition) | static_cast<uint32_t>(id) << 16); }
  /// The list or map of `element`. At most three containers may be nested.
  static constexpr TypeDesc container(TypeTag tag, TypeDesc element) {
    return TypeDesc(static_cast<uint32_t>(tag) | (element.bits_ & 0x0FFFu) << 4 | (element.bits_ & 0xFFFF0000u));
  }

  constexpr TypeTag tag() const { return static_cast<TypeTag>(bits_ & 0xFu); }
  constexpr bool isContainer() const { return tag() == TypeTag::List || tag() == TypeTag::Map; }
  /// Of a List or Map.
  constexpr TypeDesc element() const { return TypeDesc((bits_ & 0xFFF0u) >> 4 | (bits_ & 0xFFFF0000u)); }
  /// Of a Definition.
  constexpr DefId definition() const { return static_cast<DefId>(bits_ >> 16); }
  /// The type inside all lists and maps.
  constexpr TypeDesc innermost() const {
    TypeDesc type = *this;
    while (type.isContainer()) type = type.element();
    return type;
  }
  constexpr uint32_t bits() const { return bits_; }
  friend constexpr bool operator==(TypeDesc, TypeDesc) = default;

 private:
  uint32_t bits_ = static_cast<uint32_t>(TypeTag::Json);
};

/// How server-side apply treats a list field (x-kubernetes-list-type).
enum class ListKind : uint8_t {
  NotAList,
  Unmarked,  ///< the schema says nothing; the server treats it as atomic
  Atomic,
  Set,
  Map,       ///< keyed: `Field::listKeys` names the key fields
};

/// A random-access list of handles or strings in the embedded data: `T::Reader` turns an index into an element.
template <typename T, typename Reader>
class View {
 public:
  class iterator {
   public:
    using iterator_category = std::input_iterator_tag;
    using iterator_concept = std::random_access_iterator_tag;
    using value_type = T;
    using difference_type = std::ptrdiff_t;
    using pointer = void;
    using reference = T;

    iterator() = default;
    iterator(const View* view, difference_type index) : reader_(view->reader_), index_(index) {}
    T operator*() const { return reader_.at(static_cast<size_t>(index_)); }
    T operator[](difference_type n) const { return reader_.at(static_cast<size_t>(index_ + n)); }
    iterator& operator++() { ++index_; return *this; }
    iterator operator++(int) { iterator old = *this; ++index_; return old; }
    iterator& operator--() { --index_; return *this; }
    iterator operator--(int) { iterator old = *this; --index_; return old; }
    iterator& operator+=(difference_type n) { index_ += n; return *this; }
    iterator& operator-=(difference_type n) { index_ -= n; return *this; }
    friend iterator operator+(iterator it, difference_type n) { return it += n; }
    friend iterator operator+(difference_type n, iterator it) { return it += n; }
    friend iterator operator-(iterator it, difference_type n) { return it -= n; }
    friend difference_type operator-(iterator a, iterator b) { return a.index_ - b.index_; }
    friend bool operator==(iterator a, iterator b) { return a.index_ == b.index_; }
    friend auto operator<=>(iterator a, iterator b) { return a.index_ <=> b.index_; }

   private:
    Reader reader_{};
    difference_type index_ = 0;
  };

  View() = default;
  explicit View(Reader reader) : reader_(reader) {}
  size_t size() const { return reader_.size(); }
  bool empty() const { return size() == 0; }
  /// Precondition: `index < size()`.
  T operator[](size_t index) const { return reader_.at(index); }
  iterator begin() const { return {this, 0}; }
  iterator end() const { return {this, static_cast<std::ptrdiff_t>(size())}; }

 private:
  Reader reader_{};
};

namespace detail {
struct StringReader {
  const blob::Header* data = nullptr;
  uint32_t offset = 0;  ///< of a list record; 0 is the empty list
  size_t size() const;
  std::string_view at(size_t index) const;
};
}  // namespace detail
using StringList = View<std::string_view, detail::StringReader>;

/// A value that the server fills in when the field is unset. kdsl reads it and never writes it.
struct DefaultValue {
  enum class Kind : uint8_t { Bool, Int, String };
  Kind kind = Kind::Int;
  bool boolean = false;
  int64_t integer = 0;
  std::string_view string;  ///< also the literal for an IntOrString such as `25%`
};

/// An inclusive range of integers that the server accepts.
struct IntRange {
  int64_t low = 0;
  int64_t high = 0;
};

/// One field of a definition.
class Field {
 public:
  Field() = default;
  Field(const blob::Header* data, const blob::FieldRecord* record) : data_(data), record_(record) {}

  std::string_view name() const;
  /// The API's own documentation; may be empty.
  std::string_view doc() const;
  TypeDesc type() const;
  bool isRequired() const;
  ListKind listKind() const;
  /// The key fields of a `ListKind::Map` list (`containerPort`, `protocol`); else empty.
  StringList listKeys() const;
  /// True for a map or struct that server-side apply replaces whole (x-kubernetes-map-type on the field or on its definition).
  bool isAtomic() const;
  /// The strings that the server accepts, for the field itself or, in a list or map, for its innermost elements. Empty: any string.
  StringList enumValues() const;
  std::optional<DefaultValue> defaultValue() const;
  std::optional<IntRange> range() const;
  bool isDeprecated() const;
  /// Why, and what to use instead, in the API's words. Empty when not deprecated.
  std::string_view deprecation() const;
  /// Name of the sibling field to use instead of a deprecated one; empty when the API names none.
  std::string_view replacement() const;
  /// Only the cluster writes this field (`status`, `metadata.uid`); a program may read it.
  bool isServerOnly() const;
  /// An integer that counts whole seconds: kdsl's `Seconds`.
  bool isSeconds() const;
  /// The server rejects a change of this field in an existing object.
  bool isImmutable() const;
  /// The kind of resource whose name this string (or whose `name` this reference) holds, e.g. `ServiceAccount`; empty when it names none.
  std::string_view referencedKind() const;
  /// Index in `Definition::oneOfGroups` of the group that has this field as a member; the discriminator is not a member.
  std::optional<size_t> oneOfGroup() const;

 private:
  const blob::Header* data_ = nullptr;
  const blob::FieldRecord* record_ = nullptr;
};

namespace detail {
struct FieldReader {
  const blob::Header* data = nullptr;
  const blob::DefinitionRecord* definition = nullptr;
  size_t size() const;
  Field at(size_t index) const;
};
}  // namespace detail
using FieldList = View<Field, detail::FieldReader>;

/// Fields of one definition that exclude each other (volume sources, probe handlers, ...). In `Definition::oneOfGroups` each member is an
/// alternative of its own; in `Definition::exclusions` an alternative may have several members, which may be set together.
class OneOfGroup {
 public:
  /// A value of the discriminator, and the member that goes with it.
  struct Case {
    std::string_view value;             ///< `RollingUpdate`
    std::optional<size_t> memberField;  ///< index in `Definition::fields`; none when the value allows no member (`Recreate`)
  };

  OneOfGroup() = default;
  OneOfGroup(const blob::Header* data, const blob::DefinitionRecord* definition, const blob::OneOfRecord* record)
      : data_(data), definition_(definition), record_(record) {}

  /// Exactly one alternative must be set, not only at most one.
  bool isRequired() const;
  size_t memberCount() const;
  /// Index in `Definition::fields` of the member. Precondition: `member < memberCount()`.
  size_t memberField(size_t member) const;
  Field member(size_t member) const;
  /// The number of the member's alternative: two members exclude each other unless their numbers are equal.
  size_t alternative(size_t member) const;
  /// Index in `Definition::fields` of the string field that says which member is meant (`type`), if there is one.
  std::optional<size_t> discriminatorField() const;
  /// The discriminator's values; empty without a discriminator.
  size_t caseCount() const;
  Case caseAt(size_t index) const;

 private:
  const blob::Header* data_ = nullptr;
  const blob::DefinitionRecord* definition_ = nullptr;
  const blob::OneOfRecord* record_ = nullptr;
};

namespace detail {
struct OneOfReader {
  const blob::Header* data = nullptr;
  const blob::DefinitionRecord* definition = nullptr;
  const blob::OneOfRecord* records = nullptr;
  size_t count = 0;
  size_t size() const { return count; }
  OneOfGroup at(size_t index) const;
};
}  // namespace detail
using OneOfList = View<OneOfGroup, detail::OneOfReader>;

/// One object type of the API: a kind, or a part of kinds.
class Definition {
 public:
  Definition() = default;
  Definition(const blob::Header* data, const blob::DefinitionRecord* record, DefId id) : data_(data), record_(record), id_(id) {}

  DefId id() const { return id_; }
  /// `io.k8s.api.apps.v1.DeploymentSpec`
  std::string_view name() const;
  /// `DeploymentSpec`
  std::string_view shortName() const;
  /// The API group as written in `apiVersion`: `apps`, `networking.k8s.io`, empty for the core group. Also set for parts.
  std::string_view group() const;
  /// `v1`
  std::string_view version() const;
  /// What an object says: `apps/v1`, `v1`.
  std::string_view apiVersion() const;
  std::string_view doc() const;

  /// It has a group, version and kind, and the fields `apiVersion` and `kind`.
  bool isKind() const;
  /// A kind that users write into manifests: the server takes new objects of it. False for lists, for what exists only below another object
  /// (`Scale`, `TokenRequest`, the Eviction of the policy group) and for parts.
  bool isCreatable() const;
  /// `DeploymentList` and the like: a kind whose `items` are of another kind.
  bool isListKind() const;
  /// Objects of this kind live in a namespace. False for cluster-scoped kinds and for parts.
  bool isNamespaced() const;
  /// The resource's name in URLs and RBAC rules (`networkpolicies`); empty for what is not creatable.
  std::string_view plural() const;
  /// Server-side apply replaces values of this type whole (x-kubernetes-map-type: atomic).
  bool isAtomic() const;

  /// In name order (bytes).
  FieldList fields() const;
  /// O(log n).
  std::optional<Field> field(std::string_view name) const;
  /// Index in `fields()`. O(log n).
  std::optional<size_t> fieldIndex(std::string_view name) const;
  /// At most one member of each group may be set.
  OneOfList oneOfGroups() const;
  /// Groups with alternatives of several fields: `ipBlock`, or `namespaceSelector` and `podSelector`. Their members are in no one-of group.
  OneOfList exclusions() const;

 private:
  const blob::Header* data_ = nullptr;
  const blob::DefinitionRecord* record_ = nullptr;
  DefId id_{};
};

namespace detail {
struct IdReader {
  const uint32_t* ids = nullptr;
  size_t count = 0;
  size_t size() const { return count; }
  DefId at(size_t index) const { return static_cast<DefId>(ids[index]); }
};
}  // namespace detail
using DefinitionList = View<DefId, detail::IdReader>;

/// What `import "k8s/<package>/<version>"` names.
class GroupVersion {
 public:
  GroupVersion() = default;
  GroupVersion(const SchemaPack* pack, const blob::GroupVersionRecord* record) : pack_(pack), record_(record) {}

  /// `networking`, `core`, `meta`
  std::string_view package() const;
  /// `networking.k8s.io`, empty for core
  std::string_view group() const;
  /// `v1`
  std::string_view version() const;
  /// `networking.k8s.io/v1`
  std::string_view apiVersion() const;
  /// Every definition of this group and version, in name order; scalar wrappers are left out.
  DefinitionList definitions() const;
  /// By short name. O(log n).
  std::optional<DefId> find(std::string_view shortName) const;

 private:
  const SchemaPack* pack_ = nullptr;
  const blob::GroupVersionRecord* record_ = nullptr;
};

namespace detail {
struct GroupVersionReader {
  const SchemaPack* pack = nullptr;
  size_t size() const;
  GroupVersion at(size_t index) const;
};
}  // namespace detail
using GroupVersionList = View<GroupVersion, detail::GroupVersionReader>;

/// The API of one Kubernetes minor version.
class SchemaPack {
 public:
  /// The minor versions that the program knows, ascending: 32 stands for Kubernetes 1.32.
  static std::span<const int32_t> minors();
  /// The pack of 1.`minor`, or null when the program has none.
  static const SchemaPack* forMinor(int minor);
  static const SchemaPack& newest();
  /// One above the largest DefId of any pack.
  static size_t idLimit();

  SchemaPack(const SchemaPack&) = delete;
  SchemaPack& operator=(const SchemaPack&) = delete;

  int minor() const;
  bool has(DefId id) const;
  /// Precondition: `has(id)`. O(1).
  Definition definition(DefId id) const;
  /// By full name: `io.k8s.api.apps.v1.Deployment`. O(log n).
  std::optional<DefId> find(std::string_view fullName) const;

  /// What a bare name means in a program. Among the definitions with that short name, the first of this order wins:
  /// creatable kinds, then definitions that the preferred creatable kinds are made of (outside `status`), then the rest; among equals core
  /// comes before apps, batch, autoscaling, networking, policy, rbac, storage and meta, other groups follow by name; then the most stable
  /// and newest version (v2, v1, v1beta2, v1beta1, v1alpha1). O(log n).
  std::optional<DefId> prelude(std::string_view shortName) const;
  /// Every definition that a bare name reaches, in the order of short names: for completion.
  DefinitionList preludeDefinitions() const;

  /// The preferred definition of each creatable kind, in the order of short names.
  DefinitionList preferredKinds() const;
  /// By what an object says. `group` is empty for the core group. O(log n).
  std::optional<DefId> kind(std::string_view group, std::string_view version, std::string_view kind) const;
  /// The same, from the text of `apiVersion` (`apps/v1`, `v1`).
  std::optional<DefId> kind(std::string_view apiVersion, std::string_view kind) const;

  /// `path` is what follows `k8s/`: `apps/v1`, `core/v1`, `networking/v1` or `networking.k8s.io/v1`. O(n) in groups.
  std::optional<GroupVersion> groupVersion(std::string_view path) const;
  /// Every group and version, ordered by package, then version.
  GroupVersionList groupVersions() const;

 private:
  SchemaPack() = default;  // never constructed: packs exist only inside the data
};

/// The first and last minor version of which the program has a pack with this kind.
struct MinorRange {
  int first = 0;
  int last = 0;
};

/// For messages about a kind that the project's Kubernetes version lacks. O(number of packs · log n).
std::optional<MinorRange> servedIn(std::string_view apiVersion, std::string_view kind);

/// What is known of an API version beyond the packs' own range.
struct ApiLifecycle {
  int deprecatedIn = 0;               ///< minor version, 0 when not known to be deprecated
  int removedIn = 0;                  ///< first minor version that no longer serves it, 0 when no removal is known
  std::string_view replacement;       ///< apiVersion to use instead; empty when there is none
  std::string_view replacementKind;   ///< kind to use instead; the same kind in most cases
};

/// Deprecation and removal of an API version, including those removed long before the oldest pack (`extensions/v1beta1` Ingress).
/// Nothing for versions without known deprecation. O(log n).
std::optional<ApiLifecycle> lifecycle(std::string_view group, std::string_view version, std::string_view kind);
/// The same, from the text of `apiVersion`.
std::optional<ApiLifecycle> lifecycle(std::string_view apiVersion, std::string_view kind);

/// Checks every offset, length, index and order in a blob of `size` bytes that begins with its header: after it, no look-up can leave the
/// data. Returns an empty string, or what is wrong. For tests and for the generator; the embedded data is checked when it is made.
/// O(size).
std::string_view validateBlob(const void* begin, size_t size);
/// The embedded data.
std::span<const std::byte> embeddedBlob();

}  // namespace kdsl::kubernetes
