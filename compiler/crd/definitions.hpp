#pragma once
// The CustomResourceDefinitions in documents.
#include <cstddef>
#include <span>
#include <string>
#include <vector>

#include "codec/data.hpp"
#include "crd/schema.hpp"

namespace kdsl::crd {

/// One kind in the version that was chosen.
struct KindDefinition {
  std::string group, version, kind;
  bool isNamespaced = true;
  std::string doc;
  std::string deprecation;       // of the version; empty if it is not deprecated
  SchemaId schema{};             // an Object, without apiVersion, kind, metadata and a status that only the cluster writes
};

struct Definitions {
  std::vector<KindDefinition> kinds;          // sorted by group and kind; one of each
  std::size_t otherDocuments = 0;             // that are no CRDs
  std::vector<std::string> faults;            // what is wrong with a definition, as sentences
};

/// Adds the CRDs among `documents`, those in lists too. `wantedVersion` is taken where a kind serves it; else the newest of the most stable served ones.
void readDefinitions(std::span<const codec::Data> documents, const std::string& wantedVersion, SchemaTable& table, Definitions& result);

/// Sorts the kinds, and keeps the first definition of each.
void finish(Definitions& definitions);

}  // namespace kdsl::crd
