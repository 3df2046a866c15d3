#pragma once
// The grammar of kdsl as PEGTL rules over token kinds. docs: grammar/kdsl.md, which a test keeps in step.
//
// A rule with a member `node` makes a node of that kind. A construct is committed once its guard (at most three tokens) has matched:
// from there every part is expected, and nothing is tried again.
#include <tao/pegtl.hpp>

#include "grammar/recovery.hpp"

namespace kdsl::grammar {

using peg::at;
using peg::not_at;
using peg::opt;
using peg::seq;
using peg::star;

struct expr;
struct type;
struct entry;
struct item;
struct elem;
struct body;

// ---- Words ----------------------------------------------------------------------------------------------------------------------

struct any_name : tokens_from<TokenKind::Name, TokenKind::KwWhere> {};
struct any_word : tokens_from<TokenKind::Name, TokenKind::KwTrue> {};
struct comma : tok<TokenKind::Comma> {};
struct colon : tok<TokenKind::Colon> {};
struct dot : toks<TokenKind::Dot, TokenKind::QuestionDot> {};
struct assign : tok<TokenKind::Assign> {};
/// What ends an entry.
struct entry_end : toks<TokenKind::NewLine, TokenKind::Comma, TokenKind::RightBrace, TokenKind::EndOfFile> {};
/// A word before one of these is a key, whatever it means elsewhere.
struct after_key : toks<TokenKind::Colon, TokenKind::Dot, TokenKind::QuestionDot, TokenKind::LeftBracket, TokenKind::Question, TokenKind::Assign,
                        TokenKind::NewLine, TokenKind::Comma, TokenKind::RightBrace, TokenKind::EndOfFile> {};

struct name : any_name { static constexpr auto node = NodeKind::Name; };
struct word_name : any_word { static constexpr auto node = NodeKind::Name; };
struct need_name : expect<name, Slot::Name, Wanted::Name> {};
struct qname : seq<any_name, star<tok<TokenKind::Dot>, any_name>> { static constexpr auto node = NodeKind::QualifiedName; };
struct need_qname : expect<qname, Slot::Name, Wanted::Type> {};

struct need_expr : expect<expr, Slot::Expr, Wanted::Value> {};
struct need_type : expect<type, Slot::Type, Wanted::Type> {};

/// R {"," R} ["," ], or nothing, before a closing parenthesis.
template <typename R>
struct comma_list : sor<at<tok<TokenKind::RightParen>>, seq<R, star<comma, not_at<tok<TokenKind::RightParen>>, R>, opt<comma>>> {};

template <typename Inner>
struct parens : bracketed<TokenKind::LeftParen, Inner, TokenKind::RightParen> {};
template <typename Inner>
struct brackets : bracketed<TokenKind::LeftBracket, Inner, TokenKind::RightBracket> {};
template <typename Inner>
struct braces : bracketed<TokenKind::LeftBrace, Inner, TokenKind::RightBrace> {};
/// R, which begins with `{`; on the next line only with a message.
template <typename R, Slot Place>
struct need_braces : sor<R, seq<at<tok<TokenKind::NewLine>, tok<TokenKind::LeftBrace>>, missing<Slot::Junk, Wanted::Body>, R>, missing<Place, Wanted::Body>> {};

// ---- Texts ----------------------------------------------------------------------------------------------------------------------

struct interpolation : bracketed<TokenKind::InterpolationBegin, need_expr, TokenKind::InterpolationEnd> {
  static constexpr auto node = NodeKind::Interpolation;
};
struct string : seq<tok<TokenKind::StringBegin>, star<sor<tok<TokenKind::StringChunk>, interpolation>>, tok<TokenKind::StringEnd>> {
  static constexpr auto node = NodeKind::StringExpr;
};
struct raw : tok<TokenKind::Raw> { static constexpr auto node = NodeKind::RawExpr; };
/// A text that is known before the program runs: a file's path, a title.
struct static_text {
  template <typename State>
  static void apply(State& state, std::uint32_t first, std::uint32_t end) { state.staticText("this text", first, end); }
};
struct plain_string : checked<static_text, string> {};
struct need_plain_string : expect<plain_string, Slot::Expr, Wanted::Text> {};

// ---- Types ----------------------------------------------------------------------------------------------------------------------

struct number_literal : seq<opt<tok<TokenKind::Minus>>, tok<TokenKind::Number>> { static constexpr auto node = NodeKind::LiteralType; };
struct literal_type : sor<string, seq<opt<tok<TokenKind::Minus>>, tok<TokenKind::Number>>,
                          toks<TokenKind::KwTrue, TokenKind::KwFalse, TokenKind::KwNull, TokenKind::KwAbsent>> {
  static constexpr auto node = NodeKind::LiteralType;
};
struct ref_type : seq<tok<TokenKind::KwRef>, at<any_name>, qname> { static constexpr auto node = NodeKind::RefType; };
struct named_type : seq<qname> { static constexpr auto node = NodeKind::NamedType; };
struct list_type : brackets<need_type> { static constexpr auto node = NodeKind::ListType; };
struct member;
struct record_type : braces<items<member, Wanted::Field>> { static constexpr auto node = NodeKind::RecordType; };
struct paren_type : parens<need_type> { static constexpr auto node = NodeKind::ParenType; };
struct prim_type : sor<ref_type, named_type, literal_type, list_type, record_type, paren_type> {};

struct range_bound : seq<opt<number_literal>, tok<TokenKind::DotDot>, opt<number_literal>> { static constexpr auto node = NodeKind::RangeBound; };
struct pattern_bound : sor<string, raw> { static constexpr auto node = NodeKind::PatternBound; };
struct need_bound : expect<sor<range_bound, pattern_bound>, Slot::Expr, Wanted::Bound> {};

struct optional_suffix : tok<TokenKind::Question> { static constexpr auto wraps = NodeKind::OptionalType; };
struct bounds_suffix : parens<seq<need_bound, star<comma, need_bound>>> { static constexpr auto wraps = NodeKind::BoundedType; };
struct by_suffix : seq<behind<TokenKind::RightBracket>, tok<TokenKind::KwBy>, sor<parens<seq<need_name, star<comma, need_name>>>, need_name>> {
  static constexpr auto wraps = NodeKind::KeyedListType;
};
struct set_suffix : seq<behind<TokenKind::RightBracket>, tok<TokenKind::KwSet>> { static constexpr auto wraps = NodeKind::SetType; };
/// `int[]`, as other languages write `[int]`: a list all the same, and a message.
struct foreign_list_suffix : seq<tok<TokenKind::LeftBracket>, tok<TokenKind::RightBracket>> {
  static constexpr auto wraps = NodeKind::ListType;
  static constexpr bool isForeign = true;
};
struct post_type : chain<prim_type, optional_suffix, bounds_suffix, by_suffix, set_suffix, foreign_list_suffix> {};
struct type : nested<Slot::Type, alternatives<NodeKind::UnionType, post_type, TokenKind::Pipe, Slot::Type, Wanted::Type>> {};

// ---- Expressions ----------------------------------------------------------------------------------------------------------------

/// A header's line may end before what it heads; a key on the next line is not that.
struct header_break : seq<tok<TokenKind::NewLine>, not_at<sor<seq<any_word, colon>, tok<TokenKind::RightBrace>, tok<TokenKind::EndOfFile>>>> {};
struct need_condition : expect<expr, Slot::Expr, Wanted::Condition> {};
struct condition : sor<parens<need_condition>, without_parens<need_condition>> {};
struct iteration : seq<need_name, opt<comma, need_name>, need<TokenKind::KwIn>, need_expr, opt<tok<TokenKind::KwIf>, need_expr>> {};
struct for_head : sor<parens<iteration>, without_parens<iteration>> {
  static constexpr auto node = NodeKind::ForHead;
};

struct is_lambda {
  template <typename State>
  static bool ask(const State& state, std::uint32_t token) { return state.beginsLambda(token); }
};
struct lambda_param : seq<need_name, opt<colon, need_type>> { static constexpr auto node = NodeKind::LambdaParam; };
struct bare_lambda_param : seq<name> { static constexpr auto node = NodeKind::LambdaParam; };
struct lambda : sor<seq<at<any_name, tok<TokenKind::Arrow>>, bare_lambda_param, tok<TokenKind::Arrow>, need_expr>,
                    seq<when<is_lambda>, parens<comma_list<lambda_param>>, need<TokenKind::Arrow>, need_expr>> {
  static constexpr auto node = NodeKind::LambdaExpr;
};

struct if_expr : seq<tok<TokenKind::KwIf>, condition, opt<header_break>, need_expr, opt<tok<TokenKind::KwElse>, need_expr>> {
  static constexpr auto node = NodeKind::IfExpr;
};
struct wildcard : seq<tok<TokenKind::Underscore>, at<tok<TokenKind::Arrow>>> { static constexpr auto node = NodeKind::WildcardPattern; };
struct match_arm : seq<sor<wildcard, type>, need<TokenKind::Arrow>, need_expr> { static constexpr auto node = NodeKind::MatchArm; };
struct match_expr : seq<tok<TokenKind::KwMatch>, condition, need_braces<braces<items<match_arm, Wanted::Arm>>, Slot::Junk>> {
  static constexpr auto node = NodeKind::MatchExpr;
};
struct let_binding : seq<need_name, need<TokenKind::Assign>, need_expr> { static constexpr auto node = NodeKind::LetBinding; };
struct let_expr : seq<tok<TokenKind::KwLet>, sor<parens<comma_list<let_binding>>, missing<Slot::Junk, Wanted::Head>>, opt<header_break>, need_expr> {
  static constexpr auto node = NodeKind::LetExpr;
};

struct number_expr : tok<TokenKind::Number> { static constexpr auto node = NodeKind::NumberExpr; };
struct true_expr : tok<TokenKind::KwTrue> { static constexpr auto node = NodeKind::TrueExpr; };
struct false_expr : tok<TokenKind::KwFalse> { static constexpr auto node = NodeKind::FalseExpr; };
struct null_expr : tok<TokenKind::KwNull> { static constexpr auto node = NodeKind::NullExpr; };
struct absent_expr : tok<TokenKind::KwAbsent> { static constexpr auto node = NodeKind::AbsentExpr; };
struct self_expr : tok<TokenKind::KwSelf> { static constexpr auto node = NodeKind::SelfExpr; };
struct super_expr : tok<TokenKind::KwSuper> { static constexpr auto node = NodeKind::SuperExpr; };
struct name_expr : any_name { static constexpr auto node = NodeKind::NameExpr; };
struct paren_expr : parens<need_expr> { static constexpr auto node = NodeKind::ParenExpr; };
struct list_expr : brackets<items<elem, Wanted::Element>> { static constexpr auto node = NodeKind::ListExpr; };
/// Characters that the lexer has reported.
struct bad_expr : tok<TokenKind::Bad> {
  static constexpr auto node = NodeKind::Error;
  static constexpr auto slot = Slot::Expr;
};
struct primary : sor<name_expr, string, number_expr, body, list_expr, paren_expr, true_expr, false_expr, self_expr, super_expr, absent_expr,
                     null_expr, raw, bad_expr> {};

struct named_arg : seq<at<any_name, colon>, name, colon, need_expr> {};
struct arg : sor<named_arg, expr> { static constexpr auto node = NodeKind::Arg; };
struct args : parens<comma_list<expect<arg, Slot::Expr, Wanted::Value>>> { static constexpr auto node = NodeKind::ArgList; };

struct may_refine {
  template <typename State>
  static bool ask(const State& state, std::uint32_t) { return state.mayRefine(); }
};
struct method_suffix : seq<dot, any_word, at<tok<TokenKind::LeftParen>>, args> { static constexpr auto wraps = NodeKind::MethodExpr; };
struct field_suffix : seq<dot, expect<any_word, Slot::Name, Wanted::Word>> { static constexpr auto wraps = NodeKind::FieldExpr; };
struct index_suffix : brackets<seq<need_expr, star<comma, need_expr>>> { static constexpr auto wraps = NodeKind::IndexExpr; };
struct call_suffix : seq<args> { static constexpr auto wraps = NodeKind::CallExpr; };
struct refine_suffix : seq<at<tok<TokenKind::LeftBrace>>, when<may_refine>, body> { static constexpr auto wraps = NodeKind::RefineExpr; };
struct presence_suffix : tok<TokenKind::Question> { static constexpr auto wraps = NodeKind::PresenceExpr; };
struct postfix : chain<primary, method_suffix, field_suffix, index_suffix, call_suffix, refine_suffix, presence_suffix> {};

struct unary;
struct negation : seq<toks<TokenKind::Not, TokenKind::Minus>, expect<nested<Slot::Expr, unary>, Slot::Expr, Wanted::Operand>> {
  static constexpr auto node = NodeKind::UnaryExpr;
};
struct unary : sor<postfix, negation> {};
struct expr : nested<Slot::Expr, sor<lambda, operators<unary, post_type>, if_expr, match_expr, let_expr>> {};

struct need_elem : expect<elem, Slot::Expr, Wanted::Value> {};
struct if_elem : seq<tok<TokenKind::KwIf>, condition, opt<header_break>, need_elem, opt<tok<TokenKind::KwElse>, need_elem>> {
  static constexpr auto node = NodeKind::IfElem;
};
struct for_elem : seq<tok<TokenKind::KwFor>, for_head, opt<header_break>, need_elem> { static constexpr auto node = NodeKind::ForElem; };
struct spread_elem : seq<tok<TokenKind::Ellipsis>, need_expr> { static constexpr auto node = NodeKind::SpreadElem; };
struct elem : sor<if_elem, for_elem, spread_elem, expr> {};

// ---- Declarations ---------------------------------------------------------------------------------------------------------------

/// [private] Word, and a name (or what someone writes in its place) behind it.
template <TokenKind Word>
struct declares : seq<opt<tok<TokenKind::KwPrivate>>, tok<Word>, at<sor<any_word, tok<TokenKind::StringBegin>>>> {};
struct type_annotation : seq<colon, need_type> {};
struct definition : seq<need<TokenKind::Assign>, need_expr> {};
struct default_value : opt<assign, need_expr> {};
struct deprecated : seq<tok<TokenKind::KwDeprecated>, need_plain_string> { static constexpr auto node = NodeKind::Deprecated; };
struct where : seq<tok<TokenKind::KwWhere>, condition> { static constexpr auto node = NodeKind::Where; };

struct import_name : seq<name, opt<tok<TokenKind::KwAs>, need_name>> { static constexpr auto node = NodeKind::ImportName; };
struct import_names : seq<braces<items<import_name, Wanted::Name>>, need<TokenKind::KwFrom>> {};
struct import_decl : seq<opt<tok<TokenKind::KwPrivate>>, tok<TokenKind::KwImport>, at<sor<any_word, toks<TokenKind::StringBegin, TokenKind::LeftBrace>>>,
                         opt<import_names>, need_plain_string, opt<tok<TokenKind::KwAs>, need_name, opt<type_annotation>>> {
  static constexpr auto node = NodeKind::ImportDecl;
};
struct param_decl : seq<declares<TokenKind::KwParam>, need_name, sor<type_annotation, missing<Slot::Type, Wanted::Type>>, default_value, opt<deprecated>> {
  static constexpr auto node = NodeKind::ParamDecl;
};
struct let_decl : seq<declares<TokenKind::KwLet>, need_name, opt<type_annotation>, definition> { static constexpr auto node = NodeKind::LetDecl; };
struct resource_decl : seq<declares<TokenKind::KwResource>, need_name, opt<type_annotation>, definition> {
  static constexpr auto node = NodeKind::ResourceDecl;
};
struct external_decl : seq<declares<TokenKind::KwExternal>, need_name, opt<type_annotation>, definition> {
  static constexpr auto node = NodeKind::ExternalDecl;
};
struct type_decl : seq<declares<TokenKind::KwType>, need_name, need<TokenKind::Assign>, need_type,
                       opt<where, opt<tok<TokenKind::KwElse>, expect<string, Slot::Expr, Wanted::Text>>>> {
  static constexpr auto node = NodeKind::TypeDecl;
};
struct extends_name : seq<tok<TokenKind::KwExtends>, need_qname> {};
struct schema_decl : seq<declares<TokenKind::KwSchema>, need_name, opt<extends_name>, need_braces<record_type, Slot::Type>> {
  static constexpr auto node = NodeKind::SchemaDecl;
};
/// The braces of a component, policy or test: declarations may stand there.
struct block : braces<items<item, Wanted::Item>> { static constexpr auto node = NodeKind::Body; };
struct need_block : need_braces<block, Slot::Expr> {};
struct component_decl : seq<declares<TokenKind::KwComponent>, need_name, opt<extends_name>, need_block> {
  static constexpr auto node = NodeKind::ComponentDecl;
};
struct fn_param : seq<need_name, sor<type_annotation, missing<Slot::Type, Wanted::Type>>, default_value> { static constexpr auto node = NodeKind::FnParam; };
struct fn_decl : seq<declares<TokenKind::KwFn>, need_name, sor<parens<comma_list<fn_param>>, missing<Slot::Junk, Wanted::Head>>, opt<type_annotation>, definition> {
  static constexpr auto node = NodeKind::FnDecl;
};
struct policy_decl : seq<declares<TokenKind::KwPolicy>, need_name, need_block> { static constexpr auto node = NodeKind::PolicyDecl; };
struct test_decl : seq<opt<tok<TokenKind::KwPrivate>>, tok<TokenKind::KwTest>, at<tok<TokenKind::StringBegin>>, need_plain_string, need_block> {
  static constexpr auto node = NodeKind::TestDecl;
};
struct decl : sor<let_decl, param_decl, resource_decl, import_decl, external_decl, type_decl, schema_decl, component_decl, fn_decl, policy_decl, test_decl> {};

// ---- Entries --------------------------------------------------------------------------------------------------------------------

struct static_key {
  template <typename State>
  static void apply(State& state, std::uint32_t first, std::uint32_t end) { state.staticText("a key", first, end); }
};
struct first_path_word : any_word { static constexpr auto node = NodeKind::PathWord; };
struct path_string : checked<static_key, string> { static constexpr auto node = NodeKind::PathString; };
struct path_index : brackets<seq<need_expr, star<comma, need_expr>>> { static constexpr auto node = NodeKind::PathIndex; };
struct path_word : seq<dot, expect<any_word, Slot::Name, Wanted::Word>> { static constexpr auto node = NodeKind::PathWord; };
struct path : seq<sor<first_path_word, path_string, path_index>, star<sor<path_word, path_index>>> { static constexpr auto node = NodeKind::Path; };

struct external_value : seq<tok<TokenKind::KwExternal>, at<entry_end>> {};
struct verb : toks<TokenKind::KwReplace, TokenKind::KwAppend, TokenKind::KwPrepend> {};
struct set_value : sor<external_value, seq<opt<verb>, need_expr>> {};
struct final_mark : seq<tok<TokenKind::KwFinal>, at<sor<any_word, toks<TokenKind::StringBegin, TokenKind::LeftBracket>>>> {};
struct set_entry : seq<opt<final_mark>, path, opt<tok<TokenKind::Question>>, need_colon, set_value> { static constexpr auto node = NodeKind::SetEntry; };
struct short_entry : seq<at<any_name, entry_end>, name> { static constexpr auto node = NodeKind::ShortEntry; };
struct spread_entry : seq<tok<TokenKind::Ellipsis>, need_expr> { static constexpr auto node = NodeKind::SpreadEntry; };

/// The braces of a value or a branch: entries only.
struct on_declaration {
  template <typename State>
  static void apply(State& state, std::uint32_t first, std::uint32_t) { state.misplacedDeclaration(first); }
};
struct body_item : sor<entry, checked<on_declaration, decl>> {};
struct body : braces<items<body_item, Wanted::Entry>> { static constexpr auto node = NodeKind::Body; };
struct branch : sor<body, nested<Slot::Item, body_item>, missing<Slot::Item, Wanted::Entry>> {};
struct if_entry : seq<at<tok<TokenKind::KwIf>, not_at<after_key>>, tok<TokenKind::KwIf>, condition, opt<tok<TokenKind::NewLine>>, branch,
                      opt<tok<TokenKind::KwElse>, branch>> {
  static constexpr auto node = NodeKind::IfEntry;
};
struct for_entry : seq<at<tok<TokenKind::KwFor>, not_at<after_key>>, tok<TokenKind::KwFor>, for_head, opt<tok<TokenKind::NewLine>>, branch> {
  static constexpr auto node = NodeKind::ForEntry;
};
struct each_removal : seq<colon, need<TokenKind::KwAbsent>> {};
struct each_entry : seq<tok<TokenKind::KwEach>, at<any_name>, qname, star<tok<TokenKind::Pipe>, need_qname>, opt<where>,
                        sor<each_removal, need_braces<body, Slot::Expr>>> {
  static constexpr auto node = NodeKind::EachEntry;
};
struct check_name : seq<at<any_name, colon>, name, colon> {};
struct check_message : seq<tok<TokenKind::KwElse>, at<tok<TokenKind::StringBegin>>, string> {};
/// `check [a] == b` is a check, `check[a]: b` a path: behind a key its index follows at once.
struct begins_with_list {
  template <typename State>
  static bool ask(const State& state, std::uint32_t token) { return state.beginsList(token); }
};
struct check_entry : seq<opt<tok<TokenKind::KwFinal>>, toks<TokenKind::KwCheck, TokenKind::KwWarn>, sor<not_at<after_key>, when<begins_with_list>>, opt<check_name>,
                         expect<expr, Slot::Expr, Wanted::Condition>, opt<check_message>> {
  static constexpr auto node = NodeKind::CheckEntry;
};
struct waive_entry : seq<tok<TokenKind::KwWaive>, at<any_name>, qname, need<TokenKind::KwBecause>, expect<expr, Slot::Expr, Wanted::Text>> {
  static constexpr auto node = NodeKind::WaiveEntry;
};
struct golden_entry : seq<tok<TokenKind::KwGolden>, at<tok<TokenKind::StringBegin>>, need_plain_string, need<TokenKind::Colon>, need_expr> {
  static constexpr auto node = NodeKind::GoldenEntry;
};
/// What begins with a plain name, a text or a bracket can only be a key.
struct keyed_entry : seq<at<toks<TokenKind::Name, TokenKind::StringBegin, TokenKind::LeftBracket>>, sor<short_entry, set_entry>> {};
/// What begins with a word: the construct of that word if its guard holds, else a key again.
struct word_entry : sor<if_entry, for_entry, each_entry, let_decl, check_entry, waive_entry, golden_entry, spread_entry> {};
/// A declaring word with a name behind it is no key that lacks its colon.
struct plain_entry : seq<not_at<opt<tok<TokenKind::KwPrivate>>, declaring_word, sor<any_word, tok<TokenKind::StringBegin>>>, sor<short_entry, set_entry>> {};
struct entry : sor<keyed_entry, word_entry, plain_entry> {};
struct item : sor<keyed_entry, decl, word_entry, plain_entry> {};

// ---- Schemas --------------------------------------------------------------------------------------------------------------------

/// `= v` sets the field, `?? v` is what it reads as while nothing sets it.
struct field_default : opt<toks<TokenKind::Assign, TokenKind::QuestionQuestion>, need_expr> {};
struct field : seq<sor<word_name, checked<static_key, string>>, need<TokenKind::Colon>, need_type, field_default, opt<deprecated>> {
  static constexpr auto node = NodeKind::Field;
};
struct one_of : seq<at<tok<TokenKind::KwOneof>, opt<tok<TokenKind::Question>>, tok<TokenKind::LeftBrace>>, tok<TokenKind::KwOneof>, opt<tok<TokenKind::Question>>,
                    braces<items<field, Wanted::Field>>> {
  static constexpr auto node = NodeKind::OneOf;
};
struct index_signature : seq<brackets<need_type>, need<TokenKind::Colon>, need_type> { static constexpr auto node = NodeKind::IndexSignature; };
struct member : sor<one_of, index_signature, let_decl, check_entry, field> {};

// ---- Files ----------------------------------------------------------------------------------------------------------------------

struct on_extends {
  template <typename State>
  static void apply(State& state, std::uint32_t first, std::uint32_t) { state.extends(first); }
};
struct extends_clause : checked<on_extends, seq<tok<TokenKind::KwExtends>, at<tok<TokenKind::StringBegin>>, need_plain_string>> {
  static constexpr auto node = NodeKind::ExtendsClause;
};
struct file_item : sor<extends_clause, item> {};
struct file : items<file_item, Wanted::Item> { static constexpr auto node = NodeKind::File; };

/// One expression and nothing else.
struct lone_expr : seq<opt<tok<TokenKind::NewLine>>, need_expr, items<peg::failure, Wanted::Nothing>> { static constexpr auto node = NodeKind::File; };

}  // namespace kdsl::grammar
