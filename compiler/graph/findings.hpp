#pragma once
// What the rules find: one message for each cause, however many objects it reaches.
#include <string>
#include <unordered_map>
#include <vector>

#include "base/hash.hpp"
#include "diag/diagnostic.hpp"
#include "graph/node.hpp"
#include "source/file.hpp"

namespace kdsl::graph {

class Findings {
 public:
  Findings(eval::Evaluator& evaluator, const source::FileTable& files, source::FileId root) : evaluator_(evaluator), files_(files), root_(root) {}

  /// Reports at the source of a value. Findings of one code at one place are one message: for a repetition this returns nullptr, and the first
  /// message gets a line that tells how many there are. The pointer is valid until the next report.
  diag::Diagnostic* report(diag::Code code, const Node& at, std::vector<std::string> arguments);

  /// A fix that writes `text` instead of the value, where the source has the value as a literal.
  void replaceText(diag::Diagnostic& diagnostic, const Node& at, std::string_view text) const;
  void replaceNumber(diag::Diagnostic& diagnostic, const Node& at, std::string_view text) const;
  /// A fix that adds a declaration to the end of the root file.
  void declare(diag::Diagnostic& diagnostic, std::string title, std::string declaration) const;

  /// True if the target sets this value, in the layer that it puts on top of its file: no file of the user says it.
  bool isOfTarget(const Node& at) const;

  eval::Evaluator& evaluator() const { return evaluator_; }
  /// `web.deployment.spec`, as the user would write it.
  std::string pathOf(const Node& node) const { return evaluator_.pathOf(node.place()); }

  /// Everything found, into `sink`. Once.
  void moveTo(diag::Sink& sink);

 private:
  struct Place {
    diag::Code code;
    source::Location at;     // of the value
    source::Location shown;  // the message's
    friend bool operator==(const Place&, const Place&) = default;
  };
  struct PlaceHash {
    std::size_t operator()(const Place& place) const {
      auto hash = static_cast<std::uint64_t>(place.code);
      for (const auto& at : {place.at, place.shown}) hash = base::combine(base::combine(hash, base::index(at.file)), (std::uint64_t{at.span.begin} << 32) | at.span.end);
      return hash;
    }
  };
  struct Repetition {
    std::size_t finding;
    std::vector<std::string> paths;  // of some of the others
    std::size_t others = 0;
  };
  bool isEditable(source::Location at) const;
  source::Location editable(const Node& at) const;
  bool isWritten(source::Location at, std::string_view text) const;

  eval::Evaluator& evaluator_;
  const source::FileTable& files_;
  source::FileId root_;
  diag::Sink found_;
  std::unordered_map<Place, Repetition, PlaceHash> places_;
};

}  // namespace kdsl::graph
