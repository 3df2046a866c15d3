// What the server tells about itself, as documents.
import * as vscode from "vscode";
import { ExecuteCommandRequest, type LanguageClient } from "vscode-languageclient/node";

async function showText(content: string, language: string): Promise<void> {
  await vscode.window.showTextDocument(await vscode.workspace.openTextDocument({ content, language }), { preview: true });
}

export async function showStatus(client: LanguageClient): Promise<void> {
  const status = (await client.sendRequest(ExecuteCommandRequest.type, { command: "kdsl.server.status" })) as { residentBytes: number };
  await showText(JSON.stringify({ memory: `${Math.round(status.residentBytes / 1024 / 1024)} MiB`, ...status }, undefined, 2), "json");
}

export async function bugReport(client: LanguageClient): Promise<void> {
  await showText((await client.sendRequest(ExecuteCommandRequest.type, { command: "kdsl.server.bugReport" })) as string, "markdown");
}
