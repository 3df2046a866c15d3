// Commands about what targets build, and how builds differ.
import * as vscode from "vscode";
import type { LanguageClient } from "vscode-languageclient/node";
import { targetsRequest, type Match, type Target, type TestRun } from "./protocol";
import { renderedPath, renderedScheme } from "./renderedUri";

interface Build {
  uri: vscode.Uri;
  name: string;
}

async function targetsOf(client: LanguageClient, document: vscode.TextDocument): Promise<Target[]> {
  const answer = await client.sendRequest(targetsRequest, { textDocument: client.code2ProtocolConverter.asTextDocumentIdentifier(document) });
  return answer.targets.filter((target) => target.rendered !== undefined);
}

function buildOf(target: Target): Build {
  return { uri: vscode.Uri.parse(target.rendered ?? "", true), name: target.name };
}

function ownBuild(document: vscode.TextDocument): Build {
  return { uri: document.uri.with({ scheme: renderedScheme, path: renderedPath(document.uri.path) }), name: document.uri.path.slice(document.uri.path.lastIndexOf("/") + 1) };
}

async function choose(targets: Target[], title: string): Promise<Build | undefined> {
  if (targets.length === 1) return buildOf(targets[0]);
  const picked = await vscode.window.showQuickPick(
    targets.map((target) => ({ label: target.name, description: target.reads ? "reads this file" : undefined, target })),
    { title },
  );
  return picked && buildOf(picked.target);
}

/** The build that the file is part of: the one target that reads it, a chosen one, or its own. */
async function current(client: LanguageClient, document: vscode.TextDocument): Promise<Build | undefined> {
  const targets = await targetsOf(client, document);
  const reading = targets.filter((target) => target.reads);
  return reading.length === 0 ? ownBuild(document) : choose(reading, "Which target?");
}

async function show(before: Build, after: Build): Promise<void> {
  await vscode.commands.executeCommand("vscode.diff", before.uri, after.uri, `${before.name} ↔ ${after.name}`);
}

function activeDocument(): vscode.TextDocument | undefined {
  const document = vscode.window.activeTextEditor?.document;
  return document?.languageId === "kdsl" ? document : undefined;
}

export async function renderTarget(client: LanguageClient): Promise<void> {
  const document = activeDocument();
  if (document === undefined) return;
  const targets = await targetsOf(client, document);
  const build = targets.length === 0 ? ownBuild(document) : await choose(targets, "Which target?");
  if (build === undefined) return;
  const rendered = await vscode.workspace.openTextDocument(build.uri);
  await vscode.window.showTextDocument(rendered, { viewColumn: vscode.ViewColumn.Beside, preserveFocus: true, preview: true });
}

export async function compareTargets(client: LanguageClient): Promise<void> {
  const document = activeDocument();
  if (document === undefined) return;
  const after = await current(client, document);
  if (after === undefined) return;
  const others = (await targetsOf(client, document)).filter((target) => target.rendered !== after.uri.toString(true) && target.name !== after.name);
  if (others.length === 0) {
    void vscode.window.showInformationMessage("The project has no other target to compare with.");
    return;
  }
  const before = await choose(others, `Compare ${after.name} with`);
  if (before !== undefined) await show(before, after);
}

export async function compareWithCommit(client: LanguageClient): Promise<void> {
  const document = activeDocument();
  const after = document && (await current(client, document));
  if (after === undefined) return;
  const query = after.uri.query === "" ? "revision=HEAD" : `${after.uri.query}&revision=HEAD`;
  await show({ uri: after.uri.with({ query }), name: `${after.name} (HEAD)` }, after);
}

async function execute<Result>(client: LanguageClient, command: string, argument?: object): Promise<Result> {
  return client.sendRequest("workspace/executeCommand", { command, arguments: argument === undefined ? [] : [argument] });
}

async function showText(content: string, language: string): Promise<void> {
  await vscode.window.showTextDocument(await vscode.workspace.openTextDocument({ content, language }), { preview: true });
}

export async function showStatus(client: LanguageClient): Promise<void> {
  const status = await execute<Record<string, unknown>>(client, "kdsl.server.status");
  const megabytes = Math.round(Number(status.residentBytes) / 1024 / 1024);
  await showText(JSON.stringify({ memory: `${megabytes} MiB`, ...status }, undefined, 2), "json");
}

export async function bugReport(client: LanguageClient): Promise<void> {
  await showText(await execute<string>(client, "kdsl.server.bugReport"), "markdown");
}

export async function runTest(client: LanguageClient, output: vscode.LogOutputChannel, uri: string, title: string): Promise<void> {
  const run = await execute<TestRun>(client, "kdsl.server.runTests", { textDocument: { uri }, title });
  const problems = [...run.problems, ...run.tests.flatMap((test) => test.problems)];
  const passed = run.tests.length > 0 && problems.length === 0 && run.tests.every((test) => test.passed);
  if (passed) {
    void vscode.window.showInformationMessage(`Passed: ${title} (${run.tests[0].checks} checks)`);
    return;
  }
  for (const problem of problems) output.error(`${title}: ${problem}`);
  const choice = await vscode.window.showErrorMessage(`Failed: ${title}. ${problems[0] ?? "There is no such test."}`, "Show Output");
  if (choice !== undefined) output.show();
}

/** What an `each` acts on: a list to choose from; choosing goes there. */
export async function showMatches(matches: Match[]): Promise<void> {
  const picked = await vscode.window.showQuickPick(
    matches.map((match) => ({ label: match.path, description: match.location?.uri.slice(match.location.uri.lastIndexOf("/") + 1), match })),
    { title: "What the clause acts on" },
  );
  const location = picked?.match.location;
  if (!location) return;
  const { start, end } = location.range;
  await vscode.commands.executeCommand("vscode.open", vscode.Uri.parse(location.uri), { selection: new vscode.Range(start.line, start.character, end.line, end.character) });
}
