// The TextMate grammar as VS Code runs it.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import * as oniguruma from "vscode-oniguruma";
import { INITIAL, Registry, type IGrammar } from "vscode-textmate";

export interface ScopedToken {
  /** From 0. */
  line: number;
  /** In UTF-16 units. */
  begin: number;
  end: number;
  text: string;
  /** Outermost first. */
  scopes: string[];
}

/** The repository's folder, seen from dist/. */
export const repository = path.resolve(__dirname, "../../../..");

export async function loadGrammar(): Promise<IGrammar> {
  const wasm = path.join(path.dirname(createRequire(__filename).resolve("vscode-oniguruma")), "onig.wasm");
  await oniguruma.loadWASM(readFileSync(wasm));
  const registry = new Registry({
    onigLib: Promise.resolve({
      createOnigScanner: (patterns: string[]) => new oniguruma.OnigScanner(patterns),
      createOnigString: (text: string) => new oniguruma.OnigString(text),
    }),
    loadGrammar: (name) => Promise.resolve(name === "source.kdsl" ? JSON.parse(readFileSync(path.join(repository, "grammar/textmate/kdsl.tmLanguage.json"), "utf8")) : null),
  });
  const grammar = await registry.loadGrammar("source.kdsl");
  if (grammar === null) throw new Error("there is no grammar source.kdsl");
  return grammar;
}

export function tokenize(grammar: IGrammar, source: string): ScopedToken[] {
  const tokens: ScopedToken[] = [];
  let state = INITIAL;
  source.split(/\r\n|\r|\n/).forEach((text, line) => {
    const result = grammar.tokenizeLine(text, state);
    state = result.ruleStack;
    for (const one of result.tokens)
      tokens.push({ line, begin: one.startIndex, end: Math.min(one.endIndex, text.length), text: text.slice(one.startIndex, one.endIndex), scopes: one.scopes });
  });
  return tokens;
}

export type TokenClass = "keyword" | "string" | "number" | "comment" | "other";

/** What a theme makes of a token, roughly: the innermost scope that says something about it decides. */
export function classOf(scopes: string[]): TokenClass {
  for (const scope of scopes.slice().reverse()) {
    if (scope.startsWith("comment.")) return "comment";
    if (scope.startsWith("constant.numeric.")) return "number";
    if (scope.startsWith("string.") || scope.startsWith("constant.character.escape.") || scope.startsWith("invalid.illegal.escape.")) return "string";
    if (/^(keyword\.control|keyword\.operator\.word|storage\.type|storage\.modifier|variable\.language|constant\.language)\./.test(scope))
      return scope === "storage.type.function.arrow.kdsl" ? "other" : "keyword";
    if (/^(variable|entity|support|punctuation|keyword\.operator)\./.test(scope)) return "other";
    // The code inside a text is no text.
    if (scope === "source.kdsl" || scope === "meta.interpolation.kdsl") return "other";
  }
  return "other";
}
