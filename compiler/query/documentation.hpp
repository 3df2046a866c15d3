#pragma once
// What the documentation of a module shows: its declarations with types, defaults, comments and checks, as text with links.
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "query/session.hpp"

namespace kdsl::query {

/// A word of a type's text and the declaration that it means.
struct DocLink {
  std::string word;
  source::FileId file = base::none<source::FileId>;
  std::string item;
};

struct DocType {
  std::string text;            // as a user would write it; empty if there is none
  std::vector<DocLink> links;  // of declarations in files; each word once
};

struct DocCheck {
  std::string name;       // may be empty
  std::string condition;  // as written
  std::string message;    // as written, a text with holes; empty if there is none
  bool isWarning = false;
  bool isFinal = false;
};

/// A param, field, member or parameter.
struct DocMember {
  std::string word;  // `param`, `field`, `let`, `resource`, `external`, `parameter`
  std::string name;
  std::string doc;
  DocType type;
  std::optional<std::string> standard;    // the default, as written
  bool isReadDefault = false;             // `?? v`
  bool isRequired = false;
  std::optional<std::string> deprecated;
  std::uint32_t group = 0;                // 1-based number of its one-of group
  bool groupIsRequired = false;
};

/// A declaration of a module that others can use.
struct DocItem {
  std::string word;  // `component`, `schema`, `kind`, `type`, `fn`, `policy`, `param`, `let`, `resource`, `external`
  std::string name;
  std::string doc;
  std::optional<std::string> deprecated;
  DocType base;                      // what it extends
  DocType type;                      // of a type what it stands for; of a function the result; of a member its type
  std::string condition;             // of a type: behind `where`
  std::optional<std::string> standard;
  bool isRequired = false;
  std::string apiVersion;            // of a kind
  std::vector<DocMember> members;    // without private ones
  std::vector<DocCheck> checks;
};

struct DocModule {
  std::string path;   // as it is imported or found: `std/app`, `shop/web`
  source::FileId file = base::none<source::FileId>;
  std::string doc;    // the comment at the file's begin
  DocType base;       // what the file extends
  std::vector<DocItem> items;       // in the order of the source
  std::vector<DocCheck> checks;     // of the file itself
};

/// Errors of the file leave gaps. `path` is what the module is to be called.
DocModule documentation(Session& session, source::FileId file, std::string path);

/// A module of the standard library, such as `std/app`; none if there is none.
source::FileId openLibrary(Session& session, std::string_view path);
/// Its modules, `std/app` and so on, sorted.
std::vector<std::string> libraryPaths();

}  // namespace kdsl::query
