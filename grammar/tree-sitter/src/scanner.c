// What a regular expression cannot tell: where a line end separates, which bracket a `}` closes, and what is text.
// The rules are those of compiler/syntax/lexer.cpp.
#include "tree_sitter/parser.h"

#include <stdlib.h>
#include <string.h>

// In the order of `externals` in grammar.js.
enum Token {
  NEWLINE,
  LEFT_BRACE,
  RIGHT_BRACE,
  LEFT_BRACKET,
  RIGHT_BRACKET,
  LEFT_PAREN,
  RIGHT_PAREN,
  TEXT_BEGIN,
  TEXT,
  ESCAPE,
  INTERPOLATION_BEGIN,
  INTERPOLATION_END,
  TEXT_END,
  OPERAND_FOLLOWS,
  LIST_FOLLOWS,
  RECOVERING,
};

// What is open at a point.
enum Frame { NOTHING, BRACE, BRACKET, PAREN, INTERPOLATION, LINE_TEXT, BLOCK_TEXT };

// The compiler gives up at 512 levels; deeper frames are not kept.
enum { MAX_DEPTH = TREE_SITTER_SERIALIZATION_BUFFER_SIZE };

typedef struct {
  unsigned depth;
  char frames[MAX_DEPTH];
} Scanner;

static enum Frame top(const Scanner *scanner) { return scanner->depth == 0 ? NOTHING : (enum Frame)scanner->frames[scanner->depth - 1]; }

static void push(Scanner *scanner, enum Frame frame) {
  if (scanner->depth < MAX_DEPTH) scanner->frames[scanner->depth++] = (char)frame;
}

// Closes the innermost frame of that sort within this code, and what is open above it.
static bool pop_to(Scanner *scanner, enum Frame frame) {
  for (unsigned i = scanner->depth; i > 0; --i) {
    if (scanner->frames[i - 1] == (char)frame) {
      scanner->depth = i - 1;
      return true;
    }
    if (scanner->frames[i - 1] >= INTERPOLATION) return false;
  }
  return false;
}

static bool is_blank(int32_t c) { return c == ' ' || c == '\t'; }
static bool is_line_end(int32_t c) { return c == '\n' || c == '\r'; }
static bool is_word(int32_t c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_'; }

static void advance(TSLexer *lexer) { lexer->advance(lexer, false); }
static void skip(TSLexer *lexer) { lexer->advance(lexer, true); }
static bool make(TSLexer *lexer, enum Token token) {
  lexer->result_symbol = (TSSymbol)token;
  return true;
}
static bool take(TSLexer *lexer, enum Token token) {
  advance(lexer);
  lexer->mark_end(lexer);
  return make(lexer, token);
}

// ---- Line ends ----

// `else` at the caret, unless it is a key: `else: 1`, `else.x: 1`.
static bool continues_with_else(TSLexer *lexer) {
  for (const char *rest = "else"; *rest != '\0'; ++rest) {
    if (lexer->lookahead != *rest) return false;
    advance(lexer);
  }
  if (is_word(lexer->lookahead)) return false;
  while (is_blank(lexer->lookahead)) advance(lexer);
  if (lexer->lookahead == ':') return false;
  const bool optional = lexer->lookahead == '?';
  if (optional) advance(lexer);
  if (lexer->lookahead != '.') return true;
  advance(lexer);
  return !optional && lexer->lookahead == '.';
}

// True if a line that begins at the caret goes on with the line before. Looks past comments.
static bool continues(TSLexer *lexer) {
  for (;;) {
    while (is_blank(lexer->lookahead) || is_line_end(lexer->lookahead)) advance(lexer);
    const int32_t first = lexer->lookahead;
    switch (first) {
      case '|': case ')': case '<': case '>': case '+': case '*': case '%':
        return true;
      case 'e':
        return continues_with_else(lexer);
      case '.': case '?': case '=': case '&': case '!': case '/':
        break;
      default:
        return false;
    }
    advance(lexer);
    const int32_t second = lexer->lookahead;
    switch (first) {
      case '.': return second != '.';
      case '?': return second == '.' || second == '?';
      case '=': return second == '=' || second == '>';
      case '&': return second == '&';
      case '!': return second == '=';
      default: break;
    }
    if (second != '/') return true;
    while (!lexer->eof(lexer) && !is_line_end(lexer->lookahead)) advance(lexer);
  }
}

// Nothing of a one-line text goes on behind its line.
static void end_texts_of_line(Scanner *scanner) {
  for (unsigned i = 0; i < scanner->depth; ++i) {
    if (scanner->frames[i] == LINE_TEXT) {
      scanner->depth = i;
      return;
    }
  }
}

// ---- Texts ----

static bool scan_escape(TSLexer *lexer) {
  advance(lexer);
  if (lexer->lookahead == 'u') {
    advance(lexer);
    if (lexer->lookahead == '{') {
      while (is_word(lexer->lookahead) || lexer->lookahead == '{') advance(lexer);
      if (lexer->lookahead == '}') advance(lexer);
    }
  } else if (!lexer->eof(lexer) && !is_line_end(lexer->lookahead)) {
    advance(lexer);
  }
  lexer->mark_end(lexer);
  return make(lexer, ESCAPE);
}

static bool scan_text(Scanner *scanner, TSLexer *lexer, bool is_block) {
  bool any = false;
  for (;;) {
    lexer->mark_end(lexer);
    if (lexer->eof(lexer) || (!is_block && is_line_end(lexer->lookahead))) {
      if (any) return make(lexer, TEXT);
      --scanner->depth;  // nothing closes it
      return make(lexer, TEXT_END);
    }
    switch (lexer->lookahead) {
      case '\\':
        return any ? make(lexer, TEXT) : scan_escape(lexer);
      case '$':
        advance(lexer);
        if (lexer->lookahead == '{') {
          if (any) return make(lexer, TEXT);
          push(scanner, INTERPOLATION);
          return take(lexer, INTERPOLATION_BEGIN);
        }
        break;
      case '"': {
        unsigned quotes = 0;
        const unsigned wanted = is_block ? 3 : 1;
        while (quotes < wanted && lexer->lookahead == '"') {
          advance(lexer);
          ++quotes;
        }
        if (quotes == wanted) {
          if (any) return make(lexer, TEXT);
          lexer->mark_end(lexer);
          --scanner->depth;
          return make(lexer, TEXT_END);
        }
        break;
      }
      default:
        advance(lexer);
    }
    any = true;
  }
}

static bool scan_text_begin(Scanner *scanner, TSLexer *lexer) {
  advance(lexer);
  lexer->mark_end(lexer);
  bool is_block = false;
  if (lexer->lookahead == '"') {
    advance(lexer);
    is_block = lexer->lookahead == '"';
    if (is_block) {
      advance(lexer);
      lexer->mark_end(lexer);
    }
  }
  push(scanner, is_block ? BLOCK_TEXT : LINE_TEXT);
  return make(lexer, TEXT_BEGIN);
}

// ---- Code ----

static bool scan_code(Scanner *scanner, TSLexer *lexer, const bool *valid) {
  bool line_ended = false;
  const bool is_apart = is_blank(lexer->lookahead);
  while (is_blank(lexer->lookahead) || is_line_end(lexer->lookahead)) {
    line_ended = line_ended || is_line_end(lexer->lookahead);
    skip(lexer);
  }
  if (line_ended) {
    end_texts_of_line(scanner);
    const bool counts = top(scanner) != PAREN && top(scanner) != INTERPOLATION && (valid[NEWLINE] || !valid[OPERAND_FOLLOWS]);
    lexer->mark_end(lexer);
    // Looking on moves the caret, so a line that goes on is left to the next call.
    if (counts) return continues(lexer) ? false : make(lexer, NEWLINE);
  }
  switch (lexer->lookahead) {
    case '{':
      if (!valid[LEFT_BRACE]) return false;
      push(scanner, BRACE);
      return take(lexer, LEFT_BRACE);
    case '[':
      if (is_apart && valid[LIST_FOLLOWS] && !valid[RECOVERING]) {
        lexer->mark_end(lexer);
        return make(lexer, LIST_FOLLOWS);
      }
      if (!valid[LEFT_BRACKET]) return false;
      push(scanner, BRACKET);
      return take(lexer, LEFT_BRACKET);
    case '(':
      if (!valid[LEFT_PAREN]) return false;
      push(scanner, PAREN);
      return take(lexer, LEFT_PAREN);
    case '}':
      if (valid[RIGHT_BRACE] && pop_to(scanner, BRACE)) return take(lexer, RIGHT_BRACE);
      if (valid[INTERPOLATION_END] && pop_to(scanner, INTERPOLATION)) return take(lexer, INTERPOLATION_END);
      return false;
    case ']':
      if (!valid[RIGHT_BRACKET]) return false;
      pop_to(scanner, BRACKET);
      return take(lexer, RIGHT_BRACKET);
    case ')':
      if (!valid[RIGHT_PAREN]) return false;
      pop_to(scanner, PAREN);
      return take(lexer, RIGHT_PAREN);
    case '"':
      return valid[TEXT_BEGIN] && scan_text_begin(scanner, lexer);
    default:
      return false;
  }
}

// ---- What tree-sitter calls ----

void *tree_sitter_kdsl_external_scanner_create(void) { return calloc(1, sizeof(Scanner)); }

void tree_sitter_kdsl_external_scanner_destroy(void *payload) { free(payload); }

unsigned tree_sitter_kdsl_external_scanner_serialize(void *payload, char *buffer) {
  const Scanner *scanner = payload;
  memcpy(buffer, scanner->frames, scanner->depth);
  return scanner->depth;
}

void tree_sitter_kdsl_external_scanner_deserialize(void *payload, const char *buffer, unsigned length) {
  Scanner *scanner = payload;
  scanner->depth = length;
  if (length > 0) memcpy(scanner->frames, buffer, length);
}

bool tree_sitter_kdsl_external_scanner_scan(void *payload, TSLexer *lexer, const bool *valid) {
  Scanner *scanner = payload;
  switch (top(scanner)) {
    case LINE_TEXT: return scan_text(scanner, lexer, false);
    case BLOCK_TEXT: return scan_text(scanner, lexer, true);
    default: return scan_code(scanner, lexer, valid);
  }
}
