#pragma once
// PEGTL's control that turns matches into nodes. Included by the parser, and by the test that counts which rules were used.
#include <tao/pegtl.hpp>

#include "grammar/recovery.hpp"
#include "syntax/builder.hpp"

namespace kdsl::syntax {

/// For a rule with a member `node`: remembers on the stack what was built before it, and either makes the node or undoes what the
/// failed rule built. Other rules are matched as they are.
template <typename Rule>
struct tree_control : tao::pegtl::normal<Rule> {
  static constexpr bool enable = false;

  template <tao::pegtl::apply_mode A, tao::pegtl::rewind_mode M, template <typename...> class Action, template <typename...> class Control,
            typename Input, typename... More>
  static bool match(Input& in, Builder& builder, More&&... more) {
    if constexpr (requires { Rule::node; }) {
      const auto mark = builder.mark(grammar::index_of(in));
      if (!tao::pegtl::match<Rule, A, M, Action, Control>(in, builder, more...)) {
        builder.undo(mark);
        return false;
      }
      if constexpr (requires { Rule::slot; }) (void)builder.close(Rule::node, mark, grammar::index_of(in), Rule::slot);
      else (void)builder.close(Rule::node, mark, grammar::index_of(in));
      return true;
    } else {
      return tao::pegtl::match<Rule, A, M, Action, Control>(in, builder, more...);
    }
  }
};

/// Matches a rule that always matches against all tokens of a file.
template <typename Rule, template <typename...> class Control, typename... More>
void matchTokens(const Tokens& tokens, Builder& builder, More&&... more) {
  const auto* kinds = reinterpret_cast<const char*>(tokens.kind.data());
  tao::pegtl::memory_input<tao::pegtl::tracking_mode::lazy, tao::pegtl::eol::lf, const char*> in(kinds, kinds + tokens.size(), "");
  (void)tao::pegtl::parse<Rule, tao::pegtl::nothing, Control, tao::pegtl::apply_mode::nothing, tao::pegtl::rewind_mode::dontcare>(in, builder, more...);
}

}  // namespace kdsl::syntax
