#pragma once
// The schemas of CustomResourceDefinitions, as far as kdsl's types can say them. Equal schemas are one: that is what keeps large sets small.
#include <cstdint>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "codec/data.hpp"

namespace kdsl::crd {

enum class SchemaId : std::uint32_t {};

enum class Form : std::uint8_t { Any, Bool, Int, Float, String, IntOrString, List, Map, Object };
enum class ListKind : std::uint8_t { Atomic, Set, Keyed };

/// A CEL rule of `x-kubernetes-validations`.
struct Rule {
  std::string text;
  std::string message;
};

struct Field {
  std::string name;
  SchemaId type{};
  std::string doc;
  std::optional<std::string> deprecated;  // what to do instead; may be empty
  bool required = false;
  std::optional<codec::Data> standard;    // the server's default
  std::uint32_t group = 0;                // 1-based number of its one-of group
};

/// Fields of which one is set, or at most one.
struct OneOf {
  bool required = false;
};

/// A demand on which fields are there: at least one of `any`, or not all of `notAll`.
struct Presence {
  bool atLeastOne = true;
  std::vector<std::string> fields;
};

struct Schema {
  Form form = Form::Any;
  bool nullable = false;
  std::vector<codec::Data> values;              // `enum`
  std::optional<std::int64_t> low, high;        // of an int; characters of a text; number of elements or entries
  std::optional<double> lowNumber, highNumber;  // of a float
  std::string pattern;                          // as the CRD has it: matches anywhere in the text
  ListKind listKind = ListKind::Atomic;
  std::vector<std::string> keys;                // of a keyed list
  SchemaId element{};                           // of a list or map
  std::vector<Field> fields;                    // of an object
  bool open = false;                            // an object that keeps unknown fields
  std::vector<OneOf> groups;
  std::vector<Presence> presences;
  std::vector<Rule> rules;
  std::vector<std::string> unsaid;              // what the server checks and kdsl's types cannot say, as JSON
};

/// Owns the schemas; equal ones have the equal id.
class SchemaTable {
 public:
  SchemaId intern(Schema schema);
  const Schema& operator[](SchemaId id) const { return schemas_[static_cast<std::uint32_t>(id)]; }
  std::size_t size() const { return schemas_.size(); }
  /// How often `intern` was asked: with size(), what sharing saves.
  std::size_t uses() const { return uses_; }

 private:
  std::vector<Schema> schemas_;
  std::unordered_map<std::string, SchemaId> byKey_;
  std::size_t uses_ = 0;
};

}  // namespace kdsl::crd
