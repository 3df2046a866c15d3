// The tests in the outline of a file, and what became of them. Nothing of VS Code in here, so that it can be tested alone.
import type { DocumentSymbol, Range } from "vscode-languageclient/node";
import type { TestResult, TestRun } from "./protocol";

/** The kind of symbol that the server gives to tests, and to nothing else. */
const eventKind = 24;

export interface FoundTest {
  /** Tells it from the others of its file: the title, unless another test has it already. Then none of them runs, and each shows why. */
  id: string;
  title: string;
  range: Range;
}

/** The tests of a file, in its order. */
export function testsOf(symbols: DocumentSymbol[]): FoundTest[] {
  const counts = new Map<string, number>();
  return symbols
    .filter((symbol) => symbol.kind === eventKind)
    .map((symbol) => {
      const number = (counts.get(symbol.name) ?? 0) + 1;
      counts.set(symbol.name, number);
      return { id: number === 1 ? symbol.name : `${symbol.name}\n${number}`, title: symbol.name, range: symbol.range };
    });
}

export type Outcome = { state: "passed"; milliseconds: number } | { state: "failed"; milliseconds: number; problems: TestResult["problems"] } | { state: "errored"; problems: TestRun["problems"] };

/** What a run says about the tests of a title. */
export function outcomeOf(run: TestRun, title: string): Outcome {
  const results = run.tests.filter((test) => test.title === title);
  if (results.length === 0) {
    // A file with errors is not run.
    const problems = run.problems.length > 0 ? run.problems : [{ message: `There is no test "${title}".`, location: null }];
    return { state: "errored", problems };
  }
  const milliseconds = results.reduce((sum, test) => sum + test.milliseconds, 0);
  if (results.every((test) => test.passed)) return { state: "passed", milliseconds };
  return { state: "failed", milliseconds, problems: results.flatMap((test) => test.problems) };
}
