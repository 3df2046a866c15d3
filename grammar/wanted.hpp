#pragma once
// What the grammar asks for, in the words of messages.
#include <cstdint>

namespace kdsl::grammar {

/// What a required part is, in the words of a message.
enum class Wanted : std::uint8_t {
  Name,
  Type,
  Value,
  Condition,
  Operand,
  Text,
  Entry,
  Item,
  Element,
  Field,
  Arm,
  Nothing,
  Body,
  Word,
  Head,
  Bound,
};

}  // namespace kdsl::grammar
