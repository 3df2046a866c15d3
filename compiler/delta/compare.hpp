#pragma once
// The difference of two lists of Kubernetes objects: by object and field, lists by the keys that the API gives them, quantities by value.
#include <string>
#include <string_view>
#include <vector>

#include "codec/data.hpp"
#include "kubernetes/schema.hpp"

namespace kdsl::delta {

/// One object, as written or as read. Two objects are the same one if group, kind, namespace and name agree.
struct Object {
  std::string apiVersion;
  std::string kind;
  std::string namespaceName;
  std::string name;
  codec::Data data;  // a map

  /// `apps` of `apps/v1`, empty for the core group.
  std::string_view group() const;
};

enum class Change : std::uint8_t { Added, Removed, Changed, Reordered };

/// One field, map entry or list element that differs.
struct FieldChange {
  Change change = Change::Changed;
  std::string path;             // spec.template.spec.containers["web"].image
  std::string before, after;    // compact JSON; empty on the side that has none, and where it is hidden
  codec::ByteSpan beforeAt, afterAt;  // of the value in its object's text; of what would hold it, where it is missing
  bool isHidden = false;        // the data of a Secret, or what the caller hides: it differs, and is not shown
  bool isRefused = false;       // the server does not let the field change: apply would be refused
};

struct ObjectChange {
  static constexpr std::size_t none = static_cast<std::size_t>(-1);
  Change change = Change::Changed;
  std::size_t before = none, after = none;  // indexes into the lists
  std::vector<FieldChange> fields;          // of a changed object
  /// Some field is refused: the object must be deleted and made again.
  bool mustBeRecreated() const;
};

/// Namespaces that stand for each other: an object in the one is the same as that of its name in the other. Both empty: none do.
struct NamespacePair {
  std::string before, after;
};

/// Changed and removed objects in the order of `before`, then added ones in the order of `after`. Of two objects with one identity in a list the last
/// counts. Null counts as not set, and what only the cluster writes (`status`, `metadata.uid`) does not count. Kinds that the pack does not know are compared without a schema. O(n) in the size of the objects, but for lists
/// without keys, whose longest common part is looked for up to some hundred elements.
std::vector<ObjectChange> compare(const std::vector<Object>& before, const std::vector<Object>& after, const kubernetes::SchemaPack& pack, const NamespacePair& same = {});

/// The objects of a document: itself, or the items of a List. What is no object (no kind) is left out and counted.
struct Found {
  std::vector<Object> objects;
  std::size_t others = 0;
};
Found objectsOf(const codec::Data& document);

}  // namespace kdsl::delta
