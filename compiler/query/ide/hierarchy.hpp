#pragma once
// Who uses whom, and who extends whom.
#include <vector>

#include "query/ide/file_index.hpp"
#include "query/ide/results.hpp"

namespace kdsl::query {

/// The declaration that the name at the offset stands for, if it is one that can be called or used: not a module, import, policy or test.
std::optional<ItemRef> usableAt(const Facts& facts, const FileIndex& index, std::uint32_t offset);
/// The schema or component that the name at the offset stands for.
std::optional<ItemRef> typeAt(const Facts& facts, const FileIndex& index, std::uint32_t offset);

/// How a declaration looks in a list.
HierarchyItem describeItem(const Facts& facts, ItemRef item);

/// The declarations of one file that use the target, with the places. What is used outside of all declarations is the file's own.
void addCallers(const Facts& facts, const FileIndex& index, ItemRef target, std::vector<HierarchyCall>& out);
/// What a declaration of this file uses: functions, components and schemas.
std::vector<HierarchyCall> callees(const Facts& facts, const FileIndex& index, ItemRef caller);

/// What a schema or component extends; none if nothing.
std::optional<ItemRef> superType(const Facts& facts, ItemRef type);
/// The schemas and components of this file that extend it.
void addSubTypes(const Facts& facts, ItemRef type, std::vector<ItemRef>& out);

/// Places that make a name real: of a schema or component where values of it are made, of a param or field where it is set.
void addImplementations(const Facts& facts, const FileIndex& index, const Target& target, std::vector<source::Location>& out);

}  // namespace kdsl::query
