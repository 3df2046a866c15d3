#pragma once
// The difference of two builds, or of a build and manifests, with the source of each side.
#include <memory>
#include <string>
#include <vector>

#include "delta/compare.hpp"
#include "diag/diagnostic.hpp"
#include "emit/line_source.hpp"
#include "source/file.hpp"

namespace kdsl::query {

/// Objects with where their parts come from. Holds on to nothing of the session but its table of files.
class ObjectSet {
 public:
  const source::FileTable* files = nullptr;
  std::vector<diag::Diagnostic> diagnostics;
  bool ok = false;  // no errors: the objects are complete
  std::vector<delta::Object> objects;

  /// The place of a piece of an object's text: of a build, who set what stands on its line; of a manifest, the piece itself. None if it is not known.
  source::Location placeOf(std::size_t object, codec::ByteSpan span) const;
  /// Whether there is something Sensitive in a piece of an object's text. A manifest does not tell.
  bool isHidden(std::size_t object, codec::ByteSpan span) const;

 private:
  friend class ObjectSets;
  struct Origin {
    std::shared_ptr<const std::string> text;   // of a build: the object's YAML
    std::vector<emit::LineSource> lines;
    source::FileId manifest = base::none<source::FileId>;
  };
  std::vector<Origin> origins_;
};

struct Comparison {
  std::vector<delta::ObjectChange> changes;
  std::size_t added = 0, removed = 0, changed = 0;
  delta::NamespacePair namespaces;  // that were taken for each other

  bool isEqual() const { return changes.empty() && namespaces.before == namespaces.after; }
};

/// The namespace of all objects that are in one; empty if they are in several, or in none.
std::string onlyNamespace(const ObjectSet& set);

/// By the schema of Kubernetes 1.`minor`. `namespaces` stand for each other: two targets differ in more than that.
Comparison compare(const ObjectSet& before, const ObjectSet& after, int minor, delta::NamespacePair namespaces = {});

}  // namespace kdsl::query
