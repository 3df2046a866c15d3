#include "codec/read.hpp"

#include <algorithm>

namespace kdsl::codec {

bool ReadResult::ok() const { return firstError() == nullptr; }

const ReadProblem* ReadResult::firstError() const {
  const auto found = std::ranges::find_if(problems, [](const ReadProblem& problem) { return !isWarning(problem.problem); });
  return found == problems.end() ? nullptr : &*found;
}

std::string describe(const ReadProblem& problem) {
  const std::string quoted = '`' + problem.detail + '`';
  switch (problem.problem) {
    case Problem::Syntax: return problem.detail;
    case Problem::InvalidUtf8: return "this byte is not UTF-8";
    case Problem::DuplicateKey: return "the key " + quoted + " is there twice";
    case Problem::KeyNotScalar: return "a key is text, not a list or a map";
    case Problem::UnknownAlias: return "no anchor " + quoted + " stands before this";
    case Problem::BadMergeKey: return "`<<` takes a map or a list of maps";
    case Problem::UnknownTag: return "the tag " + quoted + " has no meaning here";
    case Problem::NumberRange: return "the number " + quoted + " is too large";
    case Problem::TooLarge: return "the text is larger than " + problem.detail + " bytes";
    case Problem::TooDeep: return "lists and maps are nested deeper than " + problem.detail + " levels";
    case Problem::TooManyNodes: return "there are more than " + problem.detail + " values, aliases expanded";
    case Problem::AmbiguousBoolean: return quoted + " is text here, but a boolean to some readers: put it in quotes, or write `true` or `false`";
    case Problem::AmbiguousNumber: return "readers disagree about " + quoted + ": put it in quotes, or write a plain decimal number";
    case Problem::InexactInteger: return "the integer " + quoted + " does not fit 64 bits: it was read as a float";
  }
  return problem.detail;
}

}  // namespace kdsl::codec
