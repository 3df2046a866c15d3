#pragma once
// Elements of keyed lists by what they are called: `main` in `containers: { main: … }`, `containers["main"]`, `containers: [{ name: "main" }]`.
#include <string>
#include <vector>

#include "query/ide/file_index.hpp"
#include "query/ide/results.hpp"

namespace kdsl::query {

/// A place that names an element of a list with one text as its key, or a field that refers to one (`volumeMounts: [{ name: "data" }]`).
struct ElementUse {
  enum class Form : std::uint8_t {
    Key,      ///< of an entry, or its whole: `{ main }`
    Step,     ///< behind a dot
    Quoted,   ///< between quotes
  };
  Form form = Form::Key;
  bool isShorthand = false;
  /// What is called so is written here: a literal in the value of a declaration, with nothing below that could have made it.
  bool declares = false;
  bool refers = false;
  /// Without the quotes.
  Span span;
  std::string name;
  /// The type of the elements.
  types::NominalId element = base::none<types::NominalId>;
  /// The declaration that the list is in, and the way from there to the element: equal ones are of one element. Empty if only a value leads there: `each`, a local, `self`.
  std::string owner, path;
  FileId ownerFile = base::none<FileId>;
};

/// In source order. O(size of the file).
std::vector<ElementUse> elementUses(const Facts& facts, const FileIndex& index);

/// The edit that gives the element another name at this place. `name` can stand in a text as it is.
RenameEdit renamedElement(const Facts& facts, const ElementUse& use, std::string_view name);

}  // namespace kdsl::query
