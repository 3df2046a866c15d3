#include "graph/node.hpp"

#include "eval/children.hpp"

namespace kdsl::graph {

Node Node::operator[](Symbol key) const {
  if (!isRecord()) return {};
  auto* child = eval::findChild(value_.asRecord()->record->children, key);
  if (child == nullptr || child->forced != eval::Place::State::Done) return {};
  return {child->value, child};
}

source::Location Node::where(eval::Evaluator& evaluator) const {
  if (base::valid(origin_.file)) return origin_;
  return place_ == nullptr ? source::Location{} : evaluator.writtenAt(place_);
}

std::size_t Node::count() const {
  std::size_t total = 0;
  each([&](const Node&) { ++total; });
  return total;
}

}  // namespace kdsl::graph
