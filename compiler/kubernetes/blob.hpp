// The layout of the embedded schema data: what the generator writes and the reader reads in place.
//
// Everything is little-endian and 4-byte aligned; an `Offset` counts bytes from the header, 0 means "none". A string is its length as a
// LEB128 number followed by its bytes. Equal strings, lists and records are stored once, whichever pack they belong to.
#pragma once

#include <cstdint>

namespace kdsl::kubernetes::blob {

using Offset = uint32_t;

/// Changes whenever a record below changes.
inline constexpr uint32_t kFormatVersion = 1;
inline constexpr char kMagic[8] = {'k', 'd', 's', 'l', 'k', '8', 's', '\n'};
/// No field, no group.
inline constexpr uint32_t kNone = 0xFFFFFFFFu;
inline constexpr uint8_t kNoGroup = 0xFFu;

struct Header {
  char magic[8];
  uint32_t formatVersion;
  uint32_t size;            ///< of the whole blob
  uint32_t packCount;
  Offset minors;            ///< int32_t[packCount], ascending
  Offset packs;             ///< PackRecord[packCount]
  uint32_t idLimit;
  Offset names;             ///< Offset[idLimit] of full names, ascending: the index is the DefId
  Offset lifecycle;         ///< LifecycleRecord[lifecycleCount], by group, version, kind
  uint32_t lifecycleCount;
  uint32_t reserved;
};

/// A `SchemaPack` as it lies in the data.
struct PackRecord {
  uint32_t self;             ///< distance from the header to this record
  int32_t minor;
  Offset definitions;        ///< Offset[idLimit] of DefinitionRecords, 0 where the pack has none
  Offset prelude;            ///< DefId[preludeCount] by short name
  uint32_t preludeCount;
  Offset kinds;              ///< DefId[kindCount] by group, version, short name
  uint32_t kindCount;
  Offset preferredKinds;     ///< DefId[preferredKindCount] by short name
  uint32_t preferredKindCount;
  Offset groupVersions;      ///< GroupVersionRecord[groupVersionCount] by package, version
  uint32_t groupVersionCount;
};

struct GroupVersionRecord {
  Offset package;
  Offset group;
  Offset version;
  Offset apiVersion;
  Offset definitions;        ///< DefId[definitionCount] by short name
  uint32_t definitionCount;
};

enum DefinitionFlag : uint32_t {
  kIsKind = 1u << 0,
  kIsCreatable = 1u << 1,
  kIsListKind = 1u << 2,
  kIsNamespaced = 1u << 3,
  kIsAtomicDefinition = 1u << 4,
};

struct DefinitionRecord {
  Offset shortName;
  Offset group;
  Offset version;
  Offset apiVersion;
  Offset doc;
  Offset plural;
  Offset fields;             ///< FieldRecord[fieldCount] by name
  uint32_t fieldCount;
  Offset oneOfs;             ///< OneOfRecord[oneOfCount]
  uint32_t oneOfCount;
  Offset exclusions;         ///< OneOfRecord[exclusionCount]
  uint32_t exclusionCount;
  uint32_t flags;
};

enum FieldFlag : uint16_t {
  kIsRequired = 1u << 0,
  kIsAtomicField = 1u << 1,
  kIsDeprecated = 1u << 2,
  kIsServerOnly = 1u << 3,
  kIsSeconds = 1u << 4,
  kIsImmutable = 1u << 5,
};

struct FieldRecord {
  Offset name;
  Offset doc;
  uint32_t type;             ///< TypeDesc::bits
  Offset details;            ///< FieldDetails, 0 when there are none
  uint16_t flags;
  uint8_t listKind;
  uint8_t oneOfGroup;        ///< kNoGroup when not a member
};

/// What only some fields have.
struct FieldDetails {
  Offset listKeys;           ///< string list
  Offset enumValues;         ///< string list
  Offset defaultValue;       ///< DefaultRecord
  Offset range;              ///< RangeRecord
  Offset deprecation;
  Offset replacement;
  Offset referencedKind;
};

/// 64-bit numbers as two halves: records are 4-byte aligned.
struct Int64 {
  uint32_t low;
  uint32_t high;
};

struct DefaultRecord {
  uint32_t kind;             ///< DefaultValue::Kind
  Offset string;
  Int64 number;              ///< the integer, or 0 or 1 for a bool
};

struct RangeRecord {
  Int64 low;
  Int64 high;
};

/// Followed by its elements' offsets.
struct StringListRecord {
  uint32_t count;
};

struct OneOfRecord {
  uint32_t isRequired;
  Offset members;            ///< MemberRecord[memberCount]
  uint32_t memberCount;
  uint32_t discriminator;    ///< index of a field, or kNone
  Offset cases;              ///< CaseRecord[caseCount]
  uint32_t caseCount;
};

struct MemberRecord {
  uint32_t field;            ///< index of a field
  uint32_t alternative;
};

struct CaseRecord {
  Offset value;
  uint32_t memberField;      ///< index of a field, or kNone
};

struct LifecycleRecord {
  Offset group;
  Offset version;
  Offset kind;
  uint32_t deprecatedIn;
  uint32_t removedIn;
  Offset replacement;
  Offset replacementKind;
};

}  // namespace kdsl::kubernetes::blob
