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

  /// Who decided what stands in a piece of an object's text.
  struct Decision {
    source::Location at;                        // of a build, who set it; of a manifest, the piece itself; none if it is not known
    std::vector<source::Location> causes = {};  // where a library set it: the settings in the project that decided what it set
  };
  Decision decisionOn(std::size_t object, codec::ByteSpan span) const;
  /// Where to look for an object as a whole.
  source::Location placeOf(std::size_t object) const;
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

/// Where the two sides of a field that differs were decided; none of a side that does not have it. Of several settings it is the first one that the other
/// side does not have.
struct FieldPlaces {
  source::Location before, after;
  source::Location beforeLibrary, afterLibrary;  // where that is no place in the project, the place in the library that sets it
};
FieldPlaces placesOf(const ObjectSet& before, const ObjectSet& after, const delta::ObjectChange& change, const delta::FieldChange& field);

/// The namespace of all objects that are in one; empty if they are in several, or in none.
std::string onlyNamespace(const ObjectSet& set);

/// By the schema of Kubernetes 1.`minor`. `namespaces` stand for each other: two targets differ in more than that.
Comparison compare(const ObjectSet& before, const ObjectSet& after, int minor, delta::NamespacePair namespaces = {});

}  // namespace kdsl::query
