// What the TextMate grammar makes of programs: node classes.js FOLDER
//
// For each FOLDER/NAME.kdsl writes FOLDER/NAME.classes: one letter a byte (k keyword, s text, n number, c comment, o other).
import { readFileSync, readdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { classOf, loadGrammar, tokenize } from "./grammar";

const letters = { keyword: "k", string: "s", number: "n", comment: "c", other: "o" };

async function main(folder: string): Promise<void> {
  const grammar = await loadGrammar();
  for (const name of readdirSync(folder).filter((one) => one.endsWith(".kdsl"))) {
    const text = readFileSync(path.join(folder, name), "utf8");
    const lineEnds = text.match(/\r\n|\r|\n/g) ?? [];
    let classes = "";
    let line = 0;
    for (const token of tokenize(grammar, text)) {
      while (line < token.line) classes += "o".repeat(lineEnds[line++]?.length ?? 0);
      const shown = text === "" ? "" : token.text.slice(0, token.end - token.begin);
      classes += letters[classOf(token.scopes)].repeat(Buffer.byteLength(shown));
    }
    while (line < lineEnds.length) classes += "o".repeat(lineEnds[line++]?.length ?? 0);
    writeFileSync(path.join(folder, name.replace(/\.kdsl$/, ".classes")), classes);
  }
}

void main(process.argv[2] ?? "");
