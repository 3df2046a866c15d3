// The rendered YAML beside its source: a virtual document that the server fills (workspace/textDocumentContent).
import * as vscode from "vscode";
import { TextDocumentContentRequest, type LanguageClient } from "vscode-languageclient/node";
import { isOfRevision, renderedPath, renderedScheme } from "./renderedUri";

/** After the last keystroke, before what is shown is built again. */
const quietTime = 150;

export function canRender(client: LanguageClient): boolean {
  return client.initializeResult?.capabilities.workspace?.textDocumentContent?.schemes.includes(renderedScheme) ?? false;
}

/** The document of what the file builds by itself. */
export function ownRendered(source: vscode.Uri): vscode.Uri {
  return source.with({ scheme: renderedScheme, path: renderedPath(source.path), query: "" });
}

/** Shows a rendered document beside the active editor, which keeps the focus. */
export async function showRendered(uri: vscode.Uri): Promise<void> {
  const rendered = await vscode.workspace.openTextDocument(uri);
  await vscode.window.showTextDocument(rendered, { viewColumn: vscode.ViewColumn.Beside, preserveFocus: true, preview: true });
}

/** Builds the rendered documents that are open again when a kdsl file changed: any may be imported by theirs. */
export class RenderedRefresher implements vscode.Disposable {
  private timer: NodeJS.Timeout | undefined;
  private readonly listener: vscode.Disposable;

  constructor(private readonly client: () => LanguageClient | undefined) {
    this.listener = vscode.workspace.onDidChangeTextDocument((event) => {
      if (event.document.languageId === "kdsl") this.soon();
    });
  }

  dispose(): void {
    this.listener.dispose();
    clearTimeout(this.timer);
  }

  private soon(): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.now(), quietTime);
  }

  private now(): void {
    const client = this.client();
    if (client === undefined || !canRender(client)) return;
    const providers = client.getFeature(TextDocumentContentRequest.method)?.getProviders() ?? [];
    const provider = providers.find((one) => one.scheme === renderedScheme);
    for (const { uri } of vscode.workspace.textDocuments) {
      // What was committed does not change by typing.
      if (uri.scheme === renderedScheme && !isOfRevision(uri.query)) provider?.onDidChangeEmitter.fire(uri);
    }
  }
}
