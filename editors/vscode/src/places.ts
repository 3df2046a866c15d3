// Places of the protocol as the editor has them.
import * as vscode from "vscode";
import type { Location, Range } from "vscode-languageclient/node";

export function rangeOf({ start, end }: Range): vscode.Range {
  return new vscode.Range(start.line, start.character, end.line, end.character);
}

export function locationOf(location: Location): vscode.Location {
  return new vscode.Location(vscode.Uri.parse(location.uri), rangeOf(location.range));
}

/** The command that opens a place, for tree items and lists. */
export function opening(location: Location): vscode.Command {
  return { command: "vscode.open", title: "Open", arguments: [vscode.Uri.parse(location.uri), { selection: rangeOf(location.range) }] };
}
