#pragma once
// What the standard library has by a name, for messages and manual pages: slow, since it reads all of its modules.
#include <string>
#include <vector>

#include "sema/core.hpp"

namespace kdsl::sema {

/// A module of the standard library; none if there is none of the path (`std/app`).
FileId libraryFile(Core& core, std::string_view path);

/// Names that its modules export, but for the kinds of operators in std/crd.
std::vector<std::string_view> libraryNames(Core& core);

/// A member that components or schemas of the library have.
struct LibraryMember {
  NominalId owner;                         // that declares it, or gives it another default
  Symbol name;
  std::vector<std::string_view> heirs;     // that have it as it is there
};

/// Members of a name, in the order of the modules. What a type only inherits is an heir of where it comes from.
std::vector<LibraryMember> membersNamed(Core& core, Symbol name);
/// Names of all such members.
std::vector<std::string_view> memberNames(Core& core);

}  // namespace kdsl::sema
