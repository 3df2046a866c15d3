import assert from "node:assert/strict";
import { test } from "node:test";
import type { DocumentSymbol } from "vscode-languageclient/node";
import { outcomeOf, testsOf } from "../src/testItems";

function symbol(kind: number, name: string, line: number): DocumentSymbol {
  const range = { start: { line, character: 0 }, end: { line, character: 9 } };
  return { kind: kind as DocumentSymbol["kind"], name, range, selectionRange: range };
}
const location = { uri: "file:///a/web.kdsl", range: symbol(24, "", 4).range };
const result = { title: "a", location, passed: true, checks: 2, milliseconds: 3, problems: [] };

test("tests are the events of an outline, in its order, each with an id of its own", () => {
  const found = testsOf([symbol(7, "replicas", 0), symbol(24, "b", 2), symbol(24, "a", 4), symbol(24, "b", 6)]);
  assert.deepEqual(found.map((one) => [one.title, one.range.start.line]), [["b", 2], ["a", 4], ["b", 6]]);
  assert.deepEqual(found.slice(0, 2).map((one) => one.id), ["b", "a"]);
  assert.equal(new Set(found.map((one) => one.id)).size, 3);
});

test("a test passed if all of its title did", () => {
  assert.deepEqual(outcomeOf({ tests: [result], problems: [] }, "a"), { state: "passed", milliseconds: 3 });
  const failed = { ...result, passed: false, problems: [{ message: "`x == 1` does not hold", location }] };
  assert.deepEqual(outcomeOf({ tests: [result, failed], problems: [] }, "a"), { state: "failed", milliseconds: 6, problems: failed.problems });
});

test("a test of a file with errors was not run, and the errors tell why", () => {
  const problems = [{ message: "there is no `y`", location }];
  assert.deepEqual(outcomeOf({ tests: [], problems }, "a"), { state: "errored", problems });
});

test("a title that no test has is told", () => {
  const outcome = outcomeOf({ tests: [result], problems: [] }, "gone");
  assert.deepEqual(outcome, { state: "errored", problems: [{ message: 'There is no test "gone".', location: null }] });
});
