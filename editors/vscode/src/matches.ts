// What an `each` acts on: a list to choose from; choosing goes there.
import * as vscode from "vscode";
import { opening } from "./places";
import type { Match } from "./protocol";

export async function showMatches(matches: Match[]): Promise<void> {
  const picked = await vscode.window.showQuickPick(
    matches.map((match) => ({ label: match.path, description: match.location?.uri.slice(match.location.uri.lastIndexOf("/") + 1), match })),
    { title: "What the clause acts on" },
  );
  if (!picked?.match.location) return;
  const { command, arguments: target = [] } = opening(picked.match.location);
  await vscode.commands.executeCommand(command, ...target);
}
