// What can be built of a file: the file itself, or the targets of its project.
import * as vscode from "vscode";
import type { LanguageClient } from "vscode-languageclient/node";
import { targetsRequest, type Target } from "./protocol";
import { ownRendered } from "./rendered";

export interface Build {
  /** Of the rendered document. */
  uri: vscode.Uri;
  name: string;
}

/** The targets that can be built; `reads` says which of them read the document. */
export async function targetsOf(client: LanguageClient, document: vscode.TextDocument): Promise<Target[]> {
  const answer = await client.sendRequest(targetsRequest, { textDocument: client.code2ProtocolConverter.asTextDocumentIdentifier(document) });
  return answer.targets.filter((target) => target.rendered !== undefined);
}

export function ownBuild(document: vscode.TextDocument): Build {
  return { uri: ownRendered(document.uri), name: document.uri.path.slice(document.uri.path.lastIndexOf("/") + 1) };
}

/** The only one of the targets, or the one that the user picks. */
export async function chooseTarget(targets: Target[], title: string): Promise<Build | undefined> {
  const buildOf = (target: Target): Build => ({ uri: vscode.Uri.parse(target.rendered ?? "", true), name: target.name });
  if (targets.length === 1) return buildOf(targets[0]);
  const picked = await vscode.window.showQuickPick(
    targets.map((target) => ({ label: target.name, description: target.reads ? "reads this file" : undefined, target })),
    { title },
  );
  return picked && buildOf(picked.target);
}

/** The build that the file is part of: the one target that reads it, a chosen one of several, or without one its own. */
export async function buildOfFile(client: LanguageClient, document: vscode.TextDocument): Promise<Build | undefined> {
  const reading = (await targetsOf(client, document)).filter((target) => target.reads);
  return reading.length === 0 ? ownBuild(document) : chooseTarget(reading, "Which target?");
}
