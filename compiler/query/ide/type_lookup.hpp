#pragma once
// Steps through types as paths take them: what `.name` and `["key"]` lead to.
#include "query/ide/facts.hpp"

namespace kdsl::query {

/// The nominal type that a value of `type` is an instance of, looking through `?`, `ref`, `where` and, in a union, its first nominal
/// branch; or nullptr.
const types::Nominal* nominalOf(const sema::Program& program, TypeId type);

/// The member that `.name` names in a value of `type`, or nullptr. In a union the first branch that has it.
const types::Member* memberOf(const sema::Program& program, TypeId type, base::Symbol name);

/// The type of the place that `.name` leads to: of a member, a field of a record, an entry of a map, an element of a keyed list.
/// types::errorType where there is none.
TypeId placeOf(const sema::Program& program, TypeId type, base::Symbol name);

/// The type of the elements of a list, keyed list, set or map, else types::errorType.
TypeId elementOf(const sema::Program& program, TypeId type);
/// The type of the keys of a map; string for a keyed list with one key; else types::errorType.
TypeId keyOf(const sema::Program& program, TypeId type);

/// The branches of a union without `?`, or the type itself. Literal types and nominal types stay as they are.
std::vector<TypeId> branchesOf(const sema::Program& program, TypeId type);

}  // namespace kdsl::query
