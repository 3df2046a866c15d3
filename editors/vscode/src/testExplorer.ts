// The tests of kdsl files in VS Code's test explorer: found in the server's outlines, run by the server.
import * as vscode from "vscode";
import { DocumentSymbolRequest, ExecuteCommandRequest, type DocumentSymbol, type LanguageClient } from "vscode-languageclient/node";
import { locationOf, rangeOf } from "./places";
import type { Problem, TestRun } from "./protocol";
import type { Server } from "./server";
import { outcomeOf, testsOf } from "./testItems";

/** After the last keystroke, before the tests of a file are looked for again. */
const quietTime = 300;

export class TestExplorer implements vscode.Disposable {
  private readonly controller = vscode.tests.createTestController("kdsl", "kdsl");
  private readonly registrations: vscode.Disposable[];
  private readonly timers = new Map<string, NodeJS.Timeout>();
  /** Whether the files that are not open have been looked through. */
  private hasSearched = false;

  constructor(private readonly server: Server) {
    this.controller.resolveHandler = (item) => (item === undefined ? this.search() : undefined);
    this.controller.refreshHandler = () => this.search();
    this.controller.createRunProfile("Run", vscode.TestRunProfileKind.Run, (request, stop) => this.run(request, stop), true);
    const watcher = vscode.workspace.createFileSystemWatcher("**/*.kdsl");
    this.registrations = [
      this.controller,
      watcher,
      watcher.onDidCreate((uri) => this.soon(uri)),
      watcher.onDidChange((uri) => this.soon(uri)),
      watcher.onDidDelete((uri) => this.controller.items.delete(uri.toString())),
      vscode.workspace.onDidOpenTextDocument((document) => this.soonOf(document)),
      vscode.workspace.onDidChangeTextDocument((event) => this.soonOf(event.document)),
      server.onDidStart(() => {
        if (this.hasSearched) void this.search();
        for (const document of vscode.workspace.textDocuments) this.soonOf(document);
      }),
    ];
  }

  dispose(): void {
    for (const timer of this.timers.values()) clearTimeout(timer);
    for (const one of this.registrations) one.dispose();
  }

  /** Runs the test of that title, and shows the result where the editor shows those of tests. */
  async runOne(uri: vscode.Uri, title: string): Promise<void> {
    await this.find(uri);
    const item = this.controller.items.get(uri.toString())?.children.get(title);
    if (item === undefined) throw new Error(`There is no test "${title}".`);
    await this.run(new vscode.TestRunRequest([item]), new vscode.CancellationTokenSource().token);
  }

  private async search(): Promise<void> {
    this.hasSearched = true;
    for (const uri of await vscode.workspace.findFiles("**/*.kdsl")) await this.find(uri);
  }

  private soonOf(document: vscode.TextDocument): void {
    if (document.languageId === "kdsl" && document.uri.scheme === "file") this.soon(document.uri);
  }

  private soon(uri: vscode.Uri): void {
    const key = uri.toString();
    clearTimeout(this.timers.get(key));
    this.timers.set(
      key,
      setTimeout(() => {
        this.timers.delete(key);
        void this.find(uri);
      }, quietTime),
    );
  }

  /** Makes the items of a file what its outline says. Without an answer, as while the server stops, they stay. */
  private async find(uri: vscode.Uri): Promise<void> {
    const client = this.server.running;
    if (client === undefined) return;
    const symbols = await client
      .sendRequest(DocumentSymbolRequest.type, { textDocument: { uri: client.code2ProtocolConverter.asUri(uri) } })
      .catch(() => undefined);
    if (symbols === undefined) return;
    const tests = testsOf((symbols ?? []) as DocumentSymbol[]);
    const { items } = this.controller;
    const id = uri.toString();
    if (tests.length === 0) return items.delete(id);
    let file = items.get(id);
    if (file === undefined) {
      file = this.controller.createTestItem(id, vscode.workspace.asRelativePath(uri), uri);
      items.add(file);
    }
    file.children.replace(
      tests.map((test) => {
        const item = file.children.get(test.id) ?? this.controller.createTestItem(test.id, test.title, uri);
        item.range = rangeOf(test.range);
        return item;
      }),
    );
  }

  private async run(request: vscode.TestRunRequest, stop: vscode.CancellationToken): Promise<void> {
    const client = this.server.running;
    if (client === undefined) return;
    if (request.include === undefined) await this.search();
    const run = this.controller.createTestRun(request);
    try {
      for (const [file, tests] of this.chosen(request)) {
        for (const test of tests) run.started(test);
        const isWhole = tests.length === file.children.size;
        // A file is evaluated once for all of its tests.
        const groups = isWhole ? [tests] : tests.map((test) => [test]);
        for (const group of groups) {
          if (stop.isCancellationRequested) return;
          const answer = await ask(client, file, isWhole ? undefined : group[0].label, stop);
          for (const test of group) tell(run, test, answer);
        }
      }
    } finally {
      run.end();
    }
  }

  /** The tests that a request means, by files. */
  private chosen(request: vscode.TestRunRequest): Map<vscode.TestItem, vscode.TestItem[]> {
    const excluded = new Set(request.exclude);
    const files = new Map<vscode.TestItem, vscode.TestItem[]>();
    const add = (item: vscode.TestItem): void => {
      if (excluded.has(item)) return;
      if (item.parent === undefined) return item.children.forEach(add);
      files.set(item.parent, [...(files.get(item.parent) ?? []), item]);
    };
    if (request.include === undefined) this.controller.items.forEach(add);
    else request.include.forEach(add);
    return files;
  }
}

async function ask(client: LanguageClient, file: vscode.TestItem, title: string | undefined, stop: vscode.CancellationToken): Promise<TestRun> {
  const argument = { textDocument: { uri: client.code2ProtocolConverter.asUri(file.uri!) }, title };
  try {
    return (await client.sendRequest(ExecuteCommandRequest.type, { command: "kdsl.server.runTests", arguments: [argument] }, stop)) as TestRun;
  } catch (error) {
    return { tests: [], problems: [{ message: error instanceof Error ? error.message : String(error), location: null }] };
  }
}

function tell(run: vscode.TestRun, test: vscode.TestItem, answer: TestRun): void {
  const outcome = outcomeOf(answer, test.label);
  switch (outcome.state) {
    case "passed":
      return run.passed(test, outcome.milliseconds);
    case "failed":
      return run.failed(test, outcome.problems.map(messageOf), outcome.milliseconds);
    case "errored":
      return run.errored(test, outcome.problems.map(messageOf));
  }
}

function messageOf(problem: Problem): vscode.TestMessage {
  const message = new vscode.TestMessage(problem.message);
  if (problem.location !== null) message.location = locationOf(problem.location);
  return message;
}
