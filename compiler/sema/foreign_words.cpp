#include "sema/foreign_words.hpp"

#include <algorithm>
#include <iterator>
#include <string>

namespace kdsl::sema {
namespace {

using Word = std::pair<std::string_view, std::string_view>;

// Go templates with Sprig, JavaScript, Python, Jsonnet, CUE, Terraform. Sorted.
constexpr Word methods[] = {
    {"b64dec", "base64Decode"},
    {"b64enc", "base64"},
    {"concat", "flatten"},
    {"decode", "base64Decode"},
    {"encode", "base64"},
    {"endswith", "endsWith"},
    {"every", "all"},
    {"foldl", "fold"},
    {"has", "contains"},
    {"hasPrefix", "startsWith"},
    {"hasSuffix", "endsWith"},
    {"includes", "contains"},
    {"length", "len"},
    {"match", "matches"},
    {"nindent", "indent"},
    {"reduce", "fold"},
    {"replaceAll", "replace"},
    {"reversed", "reverse"},
    {"rstrip", "trimEnd"},
    {"sha256sum", "sha256"},
    {"size", "len"},
    {"some", "any"},
    {"sorted", "sort"},
    {"startswith", "startsWith"},
    {"strip", "trim"},
    {"substr", "slice"},
    {"substring", "slice"},
    {"title", "capitalize"},
    {"toLower", "lower"},
    {"toLowerCase", "lower"},
    {"toUpper", "upper"},
    {"toUpperCase", "upper"},
    {"trimLeft", "trimStart"},
    {"trimRight", "trimEnd"},
    {"trimSpace", "trim"},
    {"uniq", "toSet"},
    {"unique", "toSet"},
};

constexpr std::string_view param = "settings are params: `param replicas: int = 2`, read as `replicas`";
constexpr std::string_view interpolation = "text takes values in: `\"${name}-${count}\"`";
constexpr std::string_view checks = "say what must hold: `check port > 1024 else \"…\"`";
constexpr std::string_view fallback = "a default stands with the param, or behind `??`";

constexpr std::pair<std::string_view, ForeignName> names[] = {
    {"Capabilities", {"", "the version of the target is `kubernetes`"}},
    {"Chart", {"", param}},
    {"False", {"false", ""}},
    {"None", {"absent", ""}},
    {"Release", {"", param}},
    {"True", {"true", ""}},
    {"Values", {"", param}},
    {"assert", {"", checks}},
    {"coalesce", {"", "`a ?? b` is the first that is there"}},
    {"default", {"", fallback}},
    {"error", {"", checks}},
    {"fail", {"", checks}},
    {"format", {"", interpolation}},
    {"include", {"", "what another file declares comes by `import \"./file\"`"}},
    {"new", {"", "an instance is its type and braces: `Service { … }`; where the type is known the braces do"}},
    {"nil", {"absent", ""}},
    {"printf", {"", interpolation}},
    {"required", {"", "a param without a default has to be set"}},
    {"sprintf", {"", interpolation}},
    {"ternary", {"", "a choice is written `if (c) a else b`"}},
    {"tpl", {"", interpolation}},
    {"undefined", {"absent", ""}},
};

constexpr Word inLibrary[] = {
#define KD_LIBRARY(word, name) {word, name},
#include "sema/library_words.def"
#undef KD_LIBRARY
};

constexpr ParamWord params[] = {
#define KD_PARAM(word, param, advice) {word, param, advice},
#include "sema/param_words.def"
#undef KD_PARAM
};

static_assert(std::is_sorted(std::begin(params), std::end(params), [](const auto& a, const auto& b) { return a.word < b.word; }));
static_assert(std::is_sorted(std::begin(inLibrary), std::end(inLibrary), [](const auto& a, const auto& b) { return a.first < b.first; }));
static_assert(std::is_sorted(std::begin(methods), std::end(methods), [](const auto& a, const auto& b) { return a.first < b.first; }));
static_assert(std::is_sorted(std::begin(names), std::end(names), [](const auto& a, const auto& b) { return a.first < b.first; }));

template <typename Table>
auto lookUp(const Table& table, std::string_view name) {
  const auto found = std::lower_bound(std::begin(table), std::end(table), name, [](const auto& row, std::string_view wanted) { return row.first < wanted; });
  return found != std::end(table) && found->first == name ? found : nullptr;
}

std::string lowerCase(std::string_view name) {
  std::string lower(name);
  std::transform(lower.begin(), lower.end(), lower.begin(), [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
  return lower;
}

}  // namespace

std::string_view methodFor(std::string_view name) {
  const auto* found = lookUp(methods, name);
  return found == nullptr ? std::string_view() : found->second;
}

const ForeignName* foreignName(std::string_view name) {
  const auto* found = lookUp(names, name);
  return found == nullptr ? nullptr : &found->second;
}

std::string_view libraryNameFor(std::string_view name) {
  const auto* found = lookUp(inLibrary, lowerCase(name));
  return found == nullptr ? std::string_view() : found->second;
}

std::span<const std::pair<std::string_view, std::string_view>> libraryWords() { return inLibrary; }

const ParamWord* paramFor(std::string_view name) {
  const auto word = lowerCase(name);
  const auto* found = std::lower_bound(std::begin(params), std::end(params), word, [](const ParamWord& row, std::string_view wanted) { return row.word < wanted; });
  return found != std::end(params) && found->word == word ? found : nullptr;
}

std::span<const ParamWord> paramWords() { return params; }

}  // namespace kdsl::sema
