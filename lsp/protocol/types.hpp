#pragma once
// The structures and constants of the Language Server Protocol that several features share. Their names are the protocol's.
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "lsp/protocol/json.hpp"

namespace kdsl::lsp {

/// Zero-based; `character` counts in the negotiated unit.
struct Position {
  std::uint32_t line = 0;
  std::uint32_t character = 0;
  friend constexpr auto operator<=>(const Position&, const Position&) = default;
};

struct Range {
  Position start;
  Position end;
  friend constexpr bool operator==(const Range&, const Range&) = default;
};

struct Location {
  std::string uri;
  Range range;
};

struct TextEdit {
  Range range;
  std::string newText;
};

enum class DiagnosticSeverity : std::uint8_t { Error = 1, Warning, Information, Hint };
enum class DiagnosticTag : std::uint8_t { Unnecessary = 1, Deprecated };
enum class MessageType : std::uint8_t { Error = 1, Warning, Info, Log };
enum class TextDocumentSyncKind : std::uint8_t { None = 0, Full, Incremental };
enum class FileChangeType : std::uint8_t { Created = 1, Changed, Deleted };
enum class DocumentHighlightKind : std::uint8_t { Text = 1, Read, Write };
enum class InlayHintKind : std::uint8_t { Type = 1, Parameter };
enum class InsertTextFormat : std::uint8_t { PlainText = 1, Snippet };

enum class SymbolKind : std::uint8_t {
  File = 1,
  Module,
  Namespace,
  Package,
  Class,
  Method,
  Property,
  Field,
  Constructor,
  Enum,
  Interface,
  Function,
  Variable,
  Constant,
  String,
  Number,
  Boolean,
  Array,
  Object,
  Key,
  Null,
  EnumMember,
  Struct,
  Event,
  Operator,
  TypeParameter,
};

enum class CompletionItemKind : std::uint8_t {
  Text = 1,
  Method,
  Function,
  Constructor,
  Field,
  Variable,
  Class,
  Interface,
  Module,
  Property,
  Unit,
  Value,
  Enum,
  Keyword,
  Snippet,
  Color,
  File,
  Reference,
  Folder,
  EnumMember,
  Constant,
  Struct,
  Event,
  Operator,
  TypeParameter,
};

// Found by nlohmann::json through argument-dependent look-up. Reading throws its exceptions on malformed parameters: the server's boundary
// turns them into InvalidParams.
void to_json(Json& json, const Position& position);
void from_json(const Json& json, Position& position);
void to_json(Json& json, const Range& range);
void from_json(const Json& json, Range& range);
void to_json(Json& json, const Location& location);
void to_json(Json& json, const TextEdit& edit);

/// A MarkupContent of Markdown.
Json markdown(std::string_view text);

/// `object[a][b]…`, or null where a step is missing: for optional capabilities and settings.
const Json& at(const Json& object, std::initializer_list<const char*> path);
/// True if the value at the path is `true`.
bool flag(const Json& object, std::initializer_list<const char*> path);
/// The text at `key`, or empty.
std::string textOr(const Json& object, const char* key, std::string_view otherwise = {});

}  // namespace kdsl::lsp
