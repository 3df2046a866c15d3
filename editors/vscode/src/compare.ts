// Commands that show a target's rendered YAML, or how two differ, in the editor's own view of differences.
import * as vscode from "vscode";
import type { LanguageClient } from "vscode-languageclient/node";
import { buildOfFile, chooseTarget, ownBuild, targetsOf, type Build } from "./builds";
import { showRendered } from "./rendered";
import { queryOfRevision } from "./renderedUri";

async function show(before: Build, after: Build): Promise<void> {
  await vscode.commands.executeCommand("vscode.diff", before.uri, after.uri, `${before.name} ↔ ${after.name}`);
}

export async function renderTarget(client: LanguageClient, document: vscode.TextDocument): Promise<void> {
  const targets = await targetsOf(client, document);
  const build = targets.length === 0 ? ownBuild(document) : await chooseTarget(targets, "Which target?");
  if (build !== undefined) await showRendered(build.uri);
}

export async function compareTargets(client: LanguageClient, document: vscode.TextDocument): Promise<void> {
  const after = await buildOfFile(client, document);
  if (after === undefined) return;
  const others = (await targetsOf(client, document)).filter((target) => target.name !== after.name);
  if (others.length === 0) {
    void vscode.window.showInformationMessage("The project has no other target to compare with.");
    return;
  }
  const before = await chooseTarget(others, `Compare ${after.name} with`);
  if (before !== undefined) await show(before, after);
}

export async function compareWithCommit(client: LanguageClient, document: vscode.TextDocument): Promise<void> {
  const after = await buildOfFile(client, document);
  if (after === undefined) return;
  const uri = after.uri.with({ query: queryOfRevision(after.uri.query, "HEAD") });
  await show({ uri, name: `${after.name} (HEAD)` }, after);
}
