#pragma once
// How sets of objects are made from what a session has.
#include "query/diff.hpp"
#include "query/session.hpp"

namespace kdsl::query {

class ObjectSets {
 public:
  /// `build` is YAML with the sources of its lines.
  static ObjectSet ofBuild(const source::FileTable& files, BuildResult build);
  /// A stream of YAML documents, or one JSON value. Lists are taken apart.
  static ObjectSet ofManifest(const source::FileTable& files, source::FileId file);
  /// Adds the objects of another file of the same session.
  static void add(ObjectSet& into, ObjectSet more);
};

}  // namespace kdsl::query
