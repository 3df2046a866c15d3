#pragma once
// With which tokens a match of a rule may begin, worked out from the rule when it is compiled. Choices use it to try only what can match.
#include <array>
#include <cstddef>
#include <cstdint>
#include <tao/pegtl.hpp>
#include <tao/pegtl/contrib/analyze_traits.hpp>

#include "syntax/token.hpp"

namespace kdsl::grammar {

namespace peg = tao::pegtl;

inline constexpr std::size_t token_kinds = 128;

struct FirstTokens {
  std::array<bool, token_kinds> of{};
  /// The rule may match without a token, so that it matches before any.
  bool maybe_none = false;

  constexpr bool allows(std::size_t kind) const { return maybe_none || of[kind]; }
};

/// What is not described below may begin with anything. (Functions, not constants: rules are recursive, and only what is asked for is worked out.)
template <typename RuleT>
struct first_of_impl {
  static constexpr FirstTokens get() { return {{}, true}; }
};
template <typename Rule>
constexpr FirstTokens first_of() {
  return first_of_impl<typename Rule::rule_t>::get();
}

template <typename... Rules>
constexpr FirstTokens first_of_any() {
  FirstTokens all;
  const auto add = [&](const FirstTokens& one) {
    for (std::size_t kind = 0; kind < token_kinds; ++kind) all.of[kind] = all.of[kind] || one.of[kind];
    all.maybe_none = all.maybe_none || one.maybe_none;
  };
  (add(first_of<Rules>()), ...);
  return all;
}

template <typename... Rules>
constexpr FirstTokens first_of_sequence() {
  FirstTokens all{{}, true};
  const auto add = [&](const FirstTokens& one) {
    for (std::size_t kind = 0; kind < token_kinds; ++kind) all.of[kind] = all.of[kind] || one.of[kind];
    all.maybe_none = one.maybe_none;
    return all.maybe_none;
  };
  (void)(add(first_of<Rules>()) && ...);
  return all;
}

/// Bit i of entry `kind`: the i-th rule may begin with a token of the kind.
template <typename... Rules>
struct candidates {
  static_assert(sizeof...(Rules) <= 16);
  static constexpr auto table = [] {
    std::array<std::uint16_t, token_kinds> bits{};
    const auto add = [&](const FirstTokens& first, unsigned position) {
      for (std::size_t kind = 0; kind < token_kinds; ++kind) {
        if (first.allows(kind)) bits[kind] = static_cast<std::uint16_t>(bits[kind] | 1u << position);
      }
    };
    unsigned position = 0;
    (add(first_of<Rules>(), position++), ...);
    return bits;
  }();
};

/// PEGTL's ordered choice, which passes over rules that cannot begin with the next token.
template <typename... Rules>
struct sor {
  using rule_t = sor;
  using subs_t = peg::type_list<Rules...>;

  template <peg::apply_mode A, peg::rewind_mode M, template <typename...> class Action, template <typename...> class Control, typename Input, typename... States>
  static bool match(Input& in, States&&... states) {
    const auto promising = candidates<Rules...>::table[static_cast<unsigned char>(in.peek_char())];
    return promising != 0 && choose<A, M, Action, Control>(std::index_sequence_for<Rules...>(), promising, in, states...);
  }

 private:
  template <peg::apply_mode A, peg::rewind_mode M, template <typename...> class Action, template <typename...> class Control, std::size_t... Index, typename Input,
            typename... States>
  static bool choose(std::index_sequence<Index...>, std::uint16_t promising, Input& in, States&&... states) {
    return (((promising >> Index & 1u) != 0 &&
             Control<Rules>::template match<A, Index + 1 == sizeof...(Rules) ? M : peg::rewind_mode::required, Action, Control>(in, states...)) ||
            ...);
  }
};

template <char... Kinds>
struct first_of_impl<peg::internal::one<peg::internal::result_on_found::success, peg::internal::peek_char, Kinds...>> {
  static constexpr FirstTokens get() {
    FirstTokens first;
    ((first.of[static_cast<unsigned char>(Kinds)] = true), ...);
    return first;
  }
};
template <char From, char To>
struct first_of_impl<peg::internal::range<peg::internal::result_on_found::success, peg::internal::peek_char, From, To>> {
  static constexpr FirstTokens get() {
    FirstTokens first;
    for (std::size_t kind = static_cast<unsigned char>(From); kind <= static_cast<unsigned char>(To); ++kind) first.of[kind] = true;
    return first;
  }
};
template <typename... Rules>
struct first_of_impl<peg::internal::seq<Rules...>> {
  static constexpr FirstTokens get() { return first_of_sequence<Rules...>(); }
};
template <typename... Rules>
struct first_of_impl<sor<Rules...>> {
  static constexpr FirstTokens get() { return first_of_any<Rules...>(); }
};
template <typename Rule>
struct first_of_impl<peg::internal::opt<Rule>> {
  static constexpr FirstTokens get() {
    auto first = first_of<Rule>();
    first.maybe_none = true;
    return first;
  }
};
template <typename Rule>
struct first_of_impl<peg::internal::star<Rule>> : first_of_impl<peg::internal::opt<Rule>> {};
/// Looks ahead: what follows in its sequence begins where it does.
template <typename Rule>
struct first_of_impl<peg::internal::at<Rule>> {
  static constexpr FirstTokens get() { return first_of<Rule>(); }
};
/// Nothing is said about what it rejects; what follows it decides.
template <typename Rule>
struct first_of_impl<peg::internal::not_at<Rule>> {
  static constexpr FirstTokens get() { return {{}, true}; }
};

}  // namespace kdsl::grammar

namespace tao::pegtl {

template <typename... Rules>
inline constexpr bool internal::enable_control<kdsl::grammar::sor<Rules...>> = false;
template <typename Name, typename... Rules>
struct analyze_traits<Name, kdsl::grammar::sor<Rules...>> : analyze_sor_traits<Rules...> {};

}  // namespace tao::pegtl
