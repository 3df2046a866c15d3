#pragma once
// Tokens as PEGTL rules over bytes. Stateless: which of `code` and `text` applies, where a line break counts, and which bracket
// a `}` closes is kept by the state (see compiler/syntax/lexer.cpp), to which `emit` and the hooks report.
#include <array>
#include <cstdint>
#include <tao/pegtl.hpp>
#include <tao/pegtl/contrib/analyze_traits.hpp>

#include "syntax/token.hpp"

namespace kdsl::grammar::lexical {

namespace peg = tao::pegtl;
using syntax::TokenKind;

/// Matches Rule and gives the state a token of its extent.
template <TokenKind Kind, typename Rule>
struct emit {
  using rule_t = emit;
  using subs_t = peg::type_list<Rule>;

  template <peg::apply_mode A, peg::rewind_mode M, template <typename...> class Action, template <typename...> class Control,
            typename Input, typename State, typename... More>
  static bool match(Input& in, State& state, More&&... more) {
    const char* begin = in.current();
    if (!Control<Rule>::template match<A, M, Action, Control>(in, state, more...)) return false;
    state.template token<Kind>(begin, in.current());
    return true;
  }
};

/// Matches Rule, then calls Hook::apply(state, begin, end).
template <typename Hook, typename Rule>
struct report {
  using rule_t = report;
  using subs_t = peg::type_list<Rule>;

  template <peg::apply_mode A, peg::rewind_mode M, template <typename...> class Action, template <typename...> class Control,
            typename Input, typename State, typename... More>
  static bool match(Input& in, State& state, More&&... more) {
    const char* begin = in.current();
    if (!Control<Rule>::template match<A, M, Action, Control>(in, state, more...)) return false;
    Hook::apply(state, begin, in.current());
    return true;
  }
};

/// Bytes of a class, as many as there are, also none.
template <typename Class>
struct bytes_of {
  using rule_t = bytes_of;
  using subs_t = peg::empty_list;

  template <typename Input>
  static bool match(Input& in) {
    const char* at = in.current();
    while (at != in.end() && Class::of[static_cast<unsigned char>(*at)]) ++at;
    in.bump(static_cast<std::size_t>(at - in.current()));
    return true;
  }
};
template <typename Test>
constexpr std::array<bool, 256> bytes_where(Test test) {
  std::array<bool, 256> table{};
  for (std::size_t byte = 0; byte < table.size(); ++byte) table[byte] = test(static_cast<unsigned char>(byte));
  return table;
}
struct word_bytes {
  static constexpr auto of = bytes_where([](unsigned char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_'; });
};
struct plain_bytes {
  static constexpr auto of = bytes_where([](unsigned char c) { return c != '"' && c != '\\' && c != '$' && c != '\n' && c != '\r'; });
};
struct line_bytes {
  static constexpr auto of = bytes_where([](unsigned char c) { return c != '\n' && c != '\r'; });
};
struct blank_bytes {
  static constexpr auto of = bytes_where([](unsigned char c) { return c == ' ' || c == '\t'; });
};

// Characters.
struct digit : peg::digit {};
struct word_begin : peg::identifier_first {};
struct word_rest : peg::identifier_other {};
struct line_break : peg::sor<peg::one<'\n'>, peg::seq<peg::one<'\r'>, peg::opt<peg::one<'\n'>>>> {};
struct not_line_end : peg::not_one<'\n', '\r'> {};
struct rest_of_line : bytes_of<line_bytes> {};
struct triple_quotes : peg::string<'"', '"', '"'> {};

// Gaps.
struct blanks : bytes_of<blank_bytes> {};
struct comment : peg::seq<peg::string<'/', '/'>, rest_of_line> {};

// Words and numbers. A number is one token with its suffix: `0o644`, `1.5Gi`, `1h30m`, `1e-3`; what it means is for later.
struct word : peg::seq<word_begin, bytes_of<word_bytes>> {};
struct fraction_dot : peg::seq<peg::one<'.'>, peg::at<digit>> {};
struct decimal : peg::seq<digit, peg::star<peg::sor<digit, peg::one<'_'>, fraction_dot>>> {};
struct exponent_sign : peg::seq<peg::one<'e', 'E'>, peg::one<'+', '-'>, peg::at<digit>> {};
struct number : peg::seq<decimal, peg::opt<exponent_sign>, peg::star<peg::sor<word_rest, fraction_dot>>> {};

// Texts. A one-line raw text ends at its line's end, a triple one at the file's, if nothing closes it; the state reports that.
struct raw_line : peg::seq<peg::string<'r', '"'>, peg::star<peg::not_one<'"', '\n', '\r'>>, peg::opt<peg::one<'"'>>> {};
struct raw_block : peg::seq<peg::one<'r'>, triple_quotes, peg::sor<peg::until<triple_quotes>, peg::star<peg::any>>> {};
struct raw : peg::sor<raw_block, raw_line> {};
struct text_begin : peg::sor<triple_quotes, peg::one<'"'>> {};
struct escape : peg::seq<peg::one<'\\'>, peg::opt<not_line_end>> {};
struct interpolation_begin : peg::string<'$', '{'> {};

struct on_escape {
  template <typename State>
  static void apply(State& state, const char* begin, const char* end) { state.escape(begin, end); }
};
struct on_text_line {
  template <typename State>
  static void apply(State& state, const char*, const char* end) { state.textLine(end); }
};
struct plain_text : peg::seq<peg::not_one<'"', '\\', '$', '\n', '\r'>, bytes_of<plain_bytes>> {};
struct lone_dollar : peg::seq<peg::one<'$'>, peg::not_at<peg::one<'{'>>> {};
struct lone_quote : peg::seq<peg::not_at<triple_quotes>, peg::one<'"'>> {};
struct checked_escape : report<on_escape, escape> {};
struct chunk_of_line : peg::plus<peg::sor<plain_text, checked_escape, lone_dollar>> {};
struct chunk_of_block : peg::plus<peg::sor<plain_text, report<on_text_line, line_break>, checked_escape, lone_dollar, lone_quote>> {};

/// What can follow inside `"…"`.
struct line_text : peg::sor<emit<TokenKind::StringChunk, chunk_of_line>, emit<TokenKind::InterpolationBegin, interpolation_begin>,
                            emit<TokenKind::StringEnd, peg::one<'"'>>> {};
/// What can follow inside `"""…"""`.
struct block_text : peg::sor<emit<TokenKind::StringChunk, chunk_of_block>, emit<TokenKind::InterpolationBegin, interpolation_begin>,
                             emit<TokenKind::StringEnd, triple_quotes>> {};

// Mistakes that are known from other languages; each becomes one token or gap, so that it causes one message.
// Bounded, since it is tried at every `{{`.
struct template_braces : peg::seq<peg::string<'{', '{'>, peg::rep_max<200, peg::not_at<peg::string<'}', '}'>>, not_line_end>, peg::string<'}', '}'>> {};
struct single_quoted : peg::seq<peg::one<'\''>, peg::star<peg::not_one<'\'', '\n', '\r'>>, peg::one<'\''>> {};
struct block_comment : peg::seq<peg::string<'/', '*'>, peg::sor<peg::until<peg::string<'*', '/'>>, peg::star<peg::any>>> {};
struct hash_comment : peg::seq<peg::one<'#'>, rest_of_line> {};
struct bad_bytes : peg::sor<peg::plus<peg::ranges<'\x80', '\xff'>>, peg::any> {};

struct on_line_break {
  template <typename State>
  static void apply(State& state, const char* begin, const char* end) { state.lineBreak(begin, end); }
};
struct on_foreign_comment {
  template <typename State>
  static void apply(State& state, const char* begin, const char* end) { state.foreignComment(begin, end); }
};
struct on_word {
  template <typename State>
  static void apply(State& state, const char* begin, const char* end) { state.word(begin, end); }
};
struct on_number {
  template <typename State>
  static void apply(State& state, const char* begin, const char* end) { state.number(begin, end); }
};

template <TokenKind Kind, char... Text>
using punctuation = emit<Kind, peg::string<Text...>>;

// One rule for each first byte that begins several tokens, longest first.
struct after_dot : peg::sor<punctuation<TokenKind::Ellipsis, '.', '.', '.'>, punctuation<TokenKind::DotDot, '.', '.'>, punctuation<TokenKind::Dot, '.'>> {};
struct after_question : peg::sor<punctuation<TokenKind::QuestionDot, '?', '.'>, punctuation<TokenKind::QuestionQuestion, '?', '?'>, punctuation<TokenKind::Question, '?'>> {};
struct after_equals : peg::sor<punctuation<TokenKind::Arrow, '=', '>'>, punctuation<TokenKind::Equal, '=', '='>, punctuation<TokenKind::Assign, '='>> {};
struct after_not : peg::sor<punctuation<TokenKind::NotEqual, '!', '='>, punctuation<TokenKind::Not, '!'>> {};
struct after_less : peg::sor<punctuation<TokenKind::LessEqual, '<', '='>, punctuation<TokenKind::Less, '<'>> {};
struct after_greater : peg::sor<punctuation<TokenKind::GreaterEqual, '>', '='>, punctuation<TokenKind::Greater, '>'>> {};
struct after_and : peg::sor<punctuation<TokenKind::AndAnd, '&', '&'>, emit<TokenKind::Bad, peg::one<'&'>>> {};
struct after_pipe : peg::sor<punctuation<TokenKind::OrOr, '|', '|'>, punctuation<TokenKind::Pipe, '|'>> {};
struct after_slash : peg::sor<comment, report<on_foreign_comment, block_comment>, punctuation<TokenKind::Slash, '/'>> {};
struct after_brace : peg::sor<emit<TokenKind::Bad, template_braces>, punctuation<TokenKind::LeftBrace, '{'>> {};
struct after_r : peg::sor<emit<TokenKind::Raw, raw>, report<on_word, word>> {};

/// Chooses a rule by the class of the next byte: Classes::of[byte] is an index into Rules.
template <typename Classes, typename... Rules>
struct by_first_byte {
  using rule_t = by_first_byte;
  using subs_t = peg::type_list<Rules...>;

  template <peg::apply_mode A, peg::rewind_mode M, template <typename...> class Action, template <typename...> class Control,
            typename Input, typename... States>
  static bool match(Input& in, States&&... states) {
    if (in.empty()) return false;
    return choose<A, M, Action, Control>(std::index_sequence_for<Rules...>(), Classes::of[in.peek_uint8()], in, states...);
  }

 private:
  template <peg::apply_mode A, peg::rewind_mode M, template <typename...> class Action, template <typename...> class Control,
            std::size_t... Index, typename Input, typename... States>
  static bool choose(std::index_sequence<Index...>, std::size_t chosen, Input& in, States&&... states) {
    bool matched = false;
    (void)((chosen == Index && (matched = Control<Rules>::template match<A, M, Action, Control>(in, states...), true)) || ...);
    return matched;
  }
};

/// Classes of bytes, in the order of the rules of `code`.
struct code_classes {
  static constexpr std::array<std::uint8_t, 256> of = [] {
    std::array<std::uint8_t, 256> table{};
    constexpr std::uint8_t words = 1, numbers = 2, punctuationFrom = 5;
    for (auto& entry : table) entry = 0;  // bad bytes; blanks are passed over before
    for (int c = 'a'; c <= 'z'; ++c) table[static_cast<std::size_t>(c)] = words;
    for (int c = 'A'; c <= 'Z'; ++c) table[static_cast<std::size_t>(c)] = words;
    table['_'] = words;
    for (int c = '0'; c <= '9'; ++c) table[static_cast<std::size_t>(c)] = numbers;
    table['\n'] = table['\r'] = 3;
    table['"'] = 4;
    constexpr char inOrder[] = {':', ',', '{', '}', '[', ']', '(', ')', '.', '=', '?', '/', '|', '!', '<', '>', '&', '+', '-', '*', '%', 'r', '\'', '#'};
    std::uint8_t next = punctuationFrom;
    for (const char c : inOrder) table[static_cast<std::uint8_t>(c)] = next++;
    return table;
  }();
};

/// One token or gap outside texts. Blanks in front of it are passed over here, since most tokens have some.
struct code
    : peg::seq<blanks, by_first_byte<code_classes, emit<TokenKind::Bad, bad_bytes>, report<on_word, word>, report<on_number, number>,
                    report<on_line_break, line_break>, emit<TokenKind::StringBegin, text_begin>, punctuation<TokenKind::Colon, ':'>,
                    punctuation<TokenKind::Comma, ','>, after_brace, punctuation<TokenKind::RightBrace, '}'>,
                    punctuation<TokenKind::LeftBracket, '['>, punctuation<TokenKind::RightBracket, ']'>, punctuation<TokenKind::LeftParen, '('>,
                    punctuation<TokenKind::RightParen, ')'>, after_dot, after_equals, after_question, after_slash, after_pipe, after_not,
                    after_less, after_greater, after_and, punctuation<TokenKind::Plus, '+'>, punctuation<TokenKind::Minus, '-'>,
                    punctuation<TokenKind::Star, '*'>, punctuation<TokenKind::Percent, '%'>, after_r,
                    peg::sor<emit<TokenKind::Raw, single_quoted>, emit<TokenKind::Bad, bad_bytes>>, report<on_foreign_comment, hash_comment>>> {};

}  // namespace kdsl::grammar::lexical

namespace tao::pegtl {

template <typename Name, kdsl::syntax::TokenKind Kind, typename Rule>
struct analyze_traits<Name, kdsl::grammar::lexical::emit<Kind, Rule>> : analyze_seq_traits<Rule> {};
template <typename Name, typename Hook, typename Rule>
struct analyze_traits<Name, kdsl::grammar::lexical::report<Hook, Rule>> : analyze_seq_traits<Rule> {};
template <typename Name, typename Class>
struct analyze_traits<Name, kdsl::grammar::lexical::bytes_of<Class>> : analyze_opt_traits<> {};
template <typename Name, typename Classes, typename... Rules>
struct analyze_traits<Name, kdsl::grammar::lexical::by_first_byte<Classes, Rules...>> : analyze_sor_traits<Rules...> {};

}  // namespace tao::pegtl
