#pragma once
// The writers of manifests. They live in codec, since `toYaml` and `toJson` of the language need them below this folder.
#include "codec/event_writer.hpp"
#include "codec/json_writer.hpp"
#include "codec/yaml_writer.hpp"

namespace kdsl::emit {

using codec::EventWriter;
using codec::JsonStyle;
using codec::JsonWriter;
using codec::YamlWriter;

}  // namespace kdsl::emit
