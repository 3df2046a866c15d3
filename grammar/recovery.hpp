#pragma once
// PEGTL rules over token kinds that keep going: they never throw, and what they skip or miss becomes a node. The state (the builder of
// compiler/syntax/builder.hpp) makes nodes and diagnostics; it is asked by token index.
#include <cstdint>
#include <tao/pegtl.hpp>
#include <tao/pegtl/contrib/analyze_traits.hpp>

#include "grammar/first.hpp"
#include "grammar/operators.hpp"
#include "grammar/wanted.hpp"
#include "syntax/token.hpp"
#include "syntax/tree.hpp"

namespace kdsl::grammar {

namespace peg = tao::pegtl;
using syntax::NodeKind;
using syntax::Slot;
using syntax::TokenKind;

/// One token.
template <TokenKind Kind>
struct tok : peg::one<static_cast<char>(Kind)> {};
/// One token of several kinds.
template <TokenKind... Kinds>
struct toks : peg::one<static_cast<char>(Kinds)...> {};
/// Any of a range of kinds.
template <TokenKind First, TokenKind Last>
struct tokens_from : peg::range<static_cast<char>(First), static_cast<char>(Last)> {};

template <typename Input>
std::uint32_t index_of(const Input& in) {
  return static_cast<std::uint32_t>(in.current() - in.begin());
}

/// Always matches, without a token: a Missing node of the slot, and a message that What was wanted here.
template <Slot Place, Wanted What>
struct missing {
  using rule_t = missing;
  using subs_t = peg::empty_list;

  template <peg::apply_mode, peg::rewind_mode, template <typename...> class, template <typename...> class, typename Input, typename State, typename... More>
  static bool match(Input& in, State& state, More&&...) {
    in.bump(state.missing(Place, What, index_of(in)));
    return true;
  }
};

/// Rule, or a Missing node in its place.
template <typename Rule, Slot Place, Wanted What>
struct expect : sor<Rule, missing<Place, What>> {};

/// A token that a construct cannot do without. If it is not there: a message, no node.
template <TokenKind Kind>
struct need {
  using rule_t = need;
  using subs_t = peg::empty_list;

  template <peg::apply_mode, peg::rewind_mode, template <typename...> class, template <typename...> class, typename Input, typename State, typename... More>
  static bool match(Input& in, State& state, More&&...) {
    if (in.peek_char() == static_cast<char>(Kind)) in.bump();
    else in.bump(state.lacks(Kind, index_of(in)));
    return true;
  }
};

/// Open, Inner, and the closing bracket; whatever is between Inner and the bracket is skipped as one Error node. An unclosed bracket is
/// reported and ends here.
template <TokenKind Open, typename Inner, TokenKind Close>
struct bracketed {
  using rule_t = bracketed;
  using subs_t = peg::type_list<Inner>;

  template <peg::apply_mode A, peg::rewind_mode, template <typename...> class Action, template <typename...> class Control,
            typename Input, typename State, typename... More>
  static bool match(Input& in, State& state, More&&... more) {
    if (in.peek_char() != static_cast<char>(Open)) return false;
    const auto context = state.openBracket(index_of(in));
    in.bump();
    (void)Control<Inner>::template match<A, peg::rewind_mode::dontcare, Action, Control>(in, state, more...);
    if (in.peek_char() != static_cast<char>(Close)) in.bump(state.skipToClose(Close, index_of(in)));
    if (in.peek_char() == static_cast<char>(Close)) in.bump();
    state.closeBracket(context);
    return true;
  }
};

/// The colon of an entry. The state says what stands there instead, and how much of it to skip.
struct need_colon {
  using rule_t = need_colon;
  using subs_t = peg::empty_list;

  template <peg::apply_mode, peg::rewind_mode, template <typename...> class, template <typename...> class, typename Input, typename State, typename... More>
  static bool match(Input& in, State& state, More&&...) {
    in.bump(state.entryColon(index_of(in)));
    return true;
  }
};

/// For a header whose parentheses are missing: a message, then Rule (which always matches), in which `{` begins no refinement.
template <typename Rule>
struct without_parens {
  using rule_t = without_parens;
  using subs_t = peg::type_list<Rule>;

  template <peg::apply_mode A, peg::rewind_mode, template <typename...> class Action, template <typename...> class Control,
            typename Input, typename State, typename... More>
  static bool match(Input& in, State& state, More&&... more) {
    in.bump(state.lacks(TokenKind::LeftParen, index_of(in)));
    const auto before = state.refineNothing();
    (void)Control<Rule>::template match<A, peg::rewind_mode::dontcare, Action, Control>(in, state, more...);
    state.refineAgain(before);
    return true;
  }
};

/// Items between separators (line ends and commas), up to a closing bracket or the end of the file. Where no item matches, or
/// something else follows one, tokens up to the next separator become an Error node. Always matches.
template <typename Item, Wanted What>
struct items {
  using rule_t = items;
  using subs_t = peg::type_list<Item>;

  template <peg::apply_mode A, peg::rewind_mode, template <typename...> class Action, template <typename...> class Control,
            typename Input, typename State, typename... More>
  static bool match(Input& in, State& state, More&&... more) {
    for (;;) {
      skip_separators(in);
      if (state.endsItems(index_of(in))) return true;
      if (!Control<Item>::template match<A, peg::rewind_mode::required, Action, Control>(in, state, more...)) {
        in.bump(state.badItem(What, index_of(in)));
        continue;
      }
      if (!is_separator(in.peek_char()) && !state.endsItems(index_of(in))) in.bump(state.junkAfterItem(index_of(in)));
    }
  }

 private:
  static bool is_separator(char kind) { return kind == static_cast<char>(TokenKind::NewLine) || kind == static_cast<char>(TokenKind::Comma); }
  template <typename Input>
  static void skip_separators(Input& in) {
    while (is_separator(in.peek_char())) in.bump();
  }
};

/// Rule, one level deeper. Beyond the limit: an Error node of the slot over the tokens that would have been nested.
template <Slot Place, typename Rule>
struct nested {
  using rule_t = nested;
  using subs_t = peg::type_list<Rule>;

  template <peg::apply_mode A, peg::rewind_mode M, template <typename...> class Action, template <typename...> class Control,
            typename Input, typename State, typename... More>
  static bool match(Input& in, State& state, More&&... more) {
    if (!state.enter()) {
      const auto skipped = state.tooDeep(Place, index_of(in));
      in.bump(skipped);
      return skipped != 0;
    }
    const bool matched = Control<Rule>::template match<A, M, Action, Control>(in, state, more...);
    state.leave();
    return matched;
  }
};

/// Head, then any number of suffixes, each of which makes a node (Suffix::wraps) of everything from the head on.
template <typename Head, typename... Suffixes>
struct chain {
  using rule_t = chain;
  using subs_t = peg::type_list<Head, Suffixes...>;

  template <peg::apply_mode A, peg::rewind_mode M, template <typename...> class Action, template <typename...> class Control,
            typename Input, typename State, typename... More>
  static bool match(Input& in, State& state, More&&... more) {
    const auto mark = state.mark(index_of(in));
    if (!Control<Head>::template match<A, M, Action, Control>(in, state, more...)) return false;
    while (suffixes<A, Action, Control>(std::index_sequence_for<Suffixes...>(), mark, in, state, more...)) {
    }
    return true;
  }

 private:
  template <peg::apply_mode A, template <typename...> class Action, template <typename...> class Control, std::size_t... Index, typename Mark, typename Input,
            typename State, typename... More>
  static bool suffixes(std::index_sequence<Index...>, const Mark& mark, Input& in, State& state, More&&... more) {
    const auto promising = candidates<Suffixes...>::table[static_cast<unsigned char>(in.peek_char())];
    return promising != 0 && (((promising >> Index & 1u) != 0 && suffix<Suffixes, A, Action, Control>(mark, in, state, more...)) || ...);
  }
  template <typename Suffix, peg::apply_mode A, template <typename...> class Action, template <typename...> class Control, typename Mark,
            typename Input, typename State, typename... More>
  static bool suffix(const Mark& mark, Input& in, State& state, More&&... more) {
    if (!Control<Suffix>::template match<A, peg::rewind_mode::required, Action, Control>(in, state, more...)) return false;
    if constexpr (requires { Suffix::isForeign; }) state.foreignList(mark, index_of(in));
    if (state.close(Suffix::wraps, mark, index_of(in))) return true;
    in.bump(state.tooHigh(index_of(in)));
    return false;
  }
};

/// Elem {Separator Elem}, one node of Kind around them if there is a separator, also a leading one.
template <NodeKind Kind, typename Elem, TokenKind Separator, Slot Place, Wanted What>
struct alternatives {
  using rule_t = alternatives;
  using subs_t = peg::type_list<Elem, expect<Elem, Place, What>>;

  template <peg::apply_mode A, peg::rewind_mode M, template <typename...> class Action, template <typename...> class Control,
            typename Input, typename State, typename... More>
  static bool match(Input& in, State& state, More&&... more) {
    const auto mark = state.mark(index_of(in));
    bool several = false;
    if (in.peek_char() == static_cast<char>(Separator)) {
      several = true;
    } else if (!Control<Elem>::template match<A, M, Action, Control>(in, state, more...)) {
      return false;
    }
    while (in.peek_char() == static_cast<char>(Separator)) {
      several = true;
      in.bump();
      (void)Control<expect<Elem, Place, What>>::template match<A, peg::rewind_mode::dontcare, Action, Control>(in, state, more...);
    }
    if (several) (void)state.close(Kind, mark, index_of(in));
    return true;
  }
};

/// Operands with binary operators between them, by precedence: `??` to the right, comparisons not in chains, the others to the left.
/// `is` takes a Type on its right.
template <typename Operand, typename Type>
struct operators {
  using rule_t = operators;
  using subs_t = peg::type_list<Operand, expect<Type, Slot::Type, Wanted::Type>, missing<Slot::Expr, Wanted::Operand>>;

  template <peg::apply_mode A, peg::rewind_mode M, template <typename...> class Action, template <typename...> class Control,
            typename Input, typename State, typename... More>
  static bool match(Input& in, State& state, More&&... more) {
    return climb<A, M, Action, Control>(1, in, state, more...);
  }

 private:
  template <peg::apply_mode A, peg::rewind_mode M, template <typename...> class Action, template <typename...> class Control,
            typename Input, typename State, typename... More>
  static bool climb(unsigned least, Input& in, State& state, More&&... more) {
    const auto mark = state.mark(index_of(in));
    if (!Control<Operand>::template match<A, M, Action, Control>(in, state, more...)) return false;
    bool compared = false;
    for (;;) {
      const auto op = static_cast<TokenKind>(in.peek_char());
      const auto strength = precedence(op);
      if (strength == 0 || strength < least) return true;
      if (strength == comparison_precedence) {
        if (compared) state.comparisonChain(mark, index_of(in));
        compared = true;
      }
      in.bump();
      if (op == TokenKind::KwIs) {
        (void)Control<expect<Type, Slot::Type, Wanted::Type>>::template match<A, peg::rewind_mode::dontcare, Action, Control>(in, state, more...);
      } else if (!right<A, Action, Control>(strength == default_precedence ? strength : strength + 1, in, state, more...)) {
        (void)Control<missing<Slot::Expr, Wanted::Operand>>::template match<A, peg::rewind_mode::dontcare, Action, Control>(in, state, more...);
      }
      if (!state.close(op == TokenKind::KwIs ? NodeKind::IsExpr : NodeKind::BinaryExpr, mark, index_of(in))) {
        in.bump(state.tooHigh(index_of(in)));
        return true;
      }
    }
  }

  template <peg::apply_mode A, template <typename...> class Action, template <typename...> class Control, typename Input, typename State, typename... More>
  static bool right(unsigned least, Input& in, State& state, More&&... more) {
    if (!state.enter()) {
      const auto skipped = state.tooDeep(Slot::Expr, index_of(in));
      in.bump(skipped);
      return skipped != 0;
    }
    const bool matched = climb<A, peg::rewind_mode::required, Action, Control>(least, in, state, more...);
    state.leave();
    return matched;
  }
};

/// `import param let resource external type schema component fn policy test`
struct declaring_word : toks<TokenKind::KwImport, TokenKind::KwParam, TokenKind::KwLet, TokenKind::KwResource, TokenKind::KwExternal, TokenKind::KwType,
                             TokenKind::KwSchema, TokenKind::KwComponent, TokenKind::KwFn, TokenKind::KwPolicy, TokenKind::KwTest> {};

/// Matches without a token if the token before is of the kind.
template <TokenKind Kind>
struct behind {
  using rule_t = behind;
  using subs_t = peg::empty_list;

  template <typename Input>
  static bool match(Input& in) {
    return in.current() != in.begin() && in.current()[-1] == static_cast<char>(Kind);
  }
};

/// Matches Rule, then lets the state look at the node: Hook::apply(state, first token, end token).
template <typename Hook, typename Rule>
struct checked {
  using rule_t = checked;
  using subs_t = peg::type_list<Rule>;

  template <peg::apply_mode A, peg::rewind_mode M, template <typename...> class Action, template <typename...> class Control,
            typename Input, typename State, typename... More>
  static bool match(Input& in, State& state, More&&... more) {
    const auto first = index_of(in);
    if (!Control<Rule>::template match<A, M, Action, Control>(in, state, more...)) return false;
    Hook::apply(state, first, index_of(in));
    return true;
  }
};

/// Matches without a token if the state says so: Question::ask(state, token).
template <typename Question>
struct when {
  using rule_t = when;
  using subs_t = peg::empty_list;

  template <peg::apply_mode, peg::rewind_mode, template <typename...> class, template <typename...> class, typename Input, typename State, typename... More>
  static bool match(Input& in, State& state, More&&...) {
    return Question::ask(state, index_of(in));
  }
};

template <TokenKind Open, typename Inner, TokenKind Close>
struct first_of_impl<bracketed<Open, Inner, Close>> : first_of_impl<typename tok<Open>::rule_t> {};
template <typename Head, typename... Suffixes>
struct first_of_impl<chain<Head, Suffixes...>> {
  static constexpr FirstTokens get() { return first_of<Head>(); }
};
template <NodeKind Kind, typename Elem, TokenKind Separator, Slot Place, Wanted What>
struct first_of_impl<alternatives<Kind, Elem, Separator, Place, What>> {
  static constexpr FirstTokens get() { return first_of_any<Elem, tok<Separator>>(); }
};
template <typename Operand, typename Type>
struct first_of_impl<operators<Operand, Type>> {
  static constexpr FirstTokens get() { return first_of<Operand>(); }
};
template <typename Hook, typename Rule>
struct first_of_impl<checked<Hook, Rule>> {
  static constexpr FirstTokens get() { return first_of<Rule>(); }
};

}  // namespace kdsl::grammar

namespace tao::pegtl {

template <typename Name, kdsl::syntax::Slot Place, kdsl::grammar::Wanted What>
struct analyze_traits<Name, kdsl::grammar::missing<Place, What>> : analyze_opt_traits<> {};
template <typename Name, kdsl::syntax::TokenKind Kind>
struct analyze_traits<Name, kdsl::grammar::need<Kind>> : analyze_opt_traits<> {};
template <typename Name>
struct analyze_traits<Name, kdsl::grammar::need_colon> : analyze_opt_traits<> {};
template <typename Name, typename Rule>
struct analyze_traits<Name, kdsl::grammar::without_parens<Rule>> : analyze_opt_traits<Rule> {};
template <typename Name, kdsl::syntax::TokenKind Open, typename Inner, kdsl::syntax::TokenKind Close>
struct analyze_traits<Name, kdsl::grammar::bracketed<Open, Inner, Close>> : analyze_seq_traits<kdsl::grammar::tok<Open>, Inner> {};
// `items` skips at least one token where no Item matches, and stops at the end of the file, which it never consumes.
template <typename Name, typename Item, kdsl::grammar::Wanted What>
struct analyze_traits<Name, kdsl::grammar::items<Item, What>> : analyze_opt_traits<Item> {};
template <typename Name, kdsl::syntax::Slot Place, typename Rule>
struct analyze_traits<Name, kdsl::grammar::nested<Place, Rule>> : analyze_seq_traits<Rule> {};
template <typename Name, typename Head, typename... Suffixes>
struct analyze_traits<Name, kdsl::grammar::chain<Head, Suffixes...>> : analyze_traits<Name, typename seq<Head, star<sor<Suffixes...>>>::rule_t> {};
template <typename Name, kdsl::syntax::NodeKind Kind, typename Elem, kdsl::syntax::TokenKind Separator, kdsl::syntax::Slot Place, kdsl::grammar::Wanted What>
struct analyze_traits<Name, kdsl::grammar::alternatives<Kind, Elem, Separator, Place, What>>
    : analyze_traits<Name, typename seq<sor<Elem, kdsl::grammar::tok<Separator>>, star<kdsl::grammar::tok<Separator>, opt<Elem>>>::rule_t> {};
template <typename Name, typename Operand, typename Type>
struct analyze_traits<Name, kdsl::grammar::operators<Operand, Type>> : analyze_traits<Name, typename seq<Operand, star<any, opt<sor<Operand, Type>>>>::rule_t> {};
template <typename Name, kdsl::syntax::TokenKind Kind>
struct analyze_traits<Name, kdsl::grammar::behind<Kind>> : analyze_opt_traits<> {};
template <typename Name, typename Hook, typename Rule>
struct analyze_traits<Name, kdsl::grammar::checked<Hook, Rule>> : analyze_seq_traits<Rule> {};
template <typename Name, typename Question>
struct analyze_traits<Name, kdsl::grammar::when<Question>> : analyze_opt_traits<> {};

}  // namespace tao::pegtl
