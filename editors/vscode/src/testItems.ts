// The tests in the outline of a file, and what became of them. Nothing of VS Code in here, so that it can be tested alone.
import type { DocumentSymbol, Range } from "vscode-languageclient/node";
import type { TestResult, TestRun } from "./protocol";

/** The kind of symbol that the server gives to tests, and to nothing else. */
const eventKind = 24;

export interface FoundTest {
  title: string;
  range: Range;
}

/** The tests of a file, in its order. Of those with one title, which `runTests` cannot tell apart, the first. */
export function testsOf(symbols: DocumentSymbol[]): FoundTest[] {
  const found = new Map<string, FoundTest>();
  for (const symbol of symbols) {
    if (symbol.kind === eventKind && !found.has(symbol.name)) found.set(symbol.name, { title: symbol.name, range: symbol.range });
  }
  return [...found.values()];
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
