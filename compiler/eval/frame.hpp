#pragma once
#include "eval/evaluator.hpp"

namespace kdsl::eval {

/// One level of computing: keeps the chain for cycles and limits its depth.
class Frame {
 public:
  Frame(Evaluator& evaluator, const Place* place) : evaluator_(evaluator) { entered_ = evaluator_.enter(place); }
  ~Frame() {
    if (entered_) evaluator_.leave();
  }
  Frame(const Frame&) = delete;
  Frame& operator=(const Frame&) = delete;
  explicit operator bool() const { return entered_; }

 private:
  Evaluator& evaluator_;
  bool entered_;
};

}  // namespace kdsl::eval
