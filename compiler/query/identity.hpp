#pragma once
// Names of the objects of a build: those that the API server would refuse, and those that two objects share.
#include <vector>

#include "emit/object_writer.hpp"
#include "eval/evaluator.hpp"

namespace kdsl::query {

/// An object with what it is called.
struct Identity {
  eval::Place* place = nullptr;
  const emit::ObjectText* text = nullptr;
};

/// Reports to the evaluator. Two instances that make objects of the same names are one message, however many objects those are.
void checkIdentities(eval::Evaluator& evaluator, const std::vector<Identity>& objects);

}  // namespace kdsl::query
