// The caret in the source marks the lines of the rendered YAML that come from there, and the other way round; from a line of the YAML "Go to
// Definition" leads to the source.
import * as vscode from "vscode";
import type { LanguageClient } from "vscode-languageclient/node";
import { locationOf } from "./places";
import { renderedOfSource, sourceOfRendered } from "./protocol";
import { isOfRevision, renderedScheme } from "./renderedUri";
import type { Server } from "./server";

/** After the last move, before the other side follows. */
const quietTime = 80;

export class CaretSync implements vscode.DefinitionProvider, vscode.Disposable {
  private readonly mark = vscode.window.createTextEditorDecorationType({
    isWholeLine: true,
    backgroundColor: new vscode.ThemeColor("editor.wordHighlightBackground"),
    overviewRulerColor: new vscode.ThemeColor("editorOverviewRuler.wordHighlightForeground"),
    overviewRulerLane: vscode.OverviewRulerLane.Center,
  });
  private readonly registrations: vscode.Disposable[];
  private timer: NodeJS.Timeout | undefined;

  constructor(private readonly server: Server) {
    this.registrations = [
      // Only the editor with the focus leads: else both would follow each other.
      vscode.window.onDidChangeTextEditorSelection((event) => {
        if (event.textEditor === vscode.window.activeTextEditor) this.soon();
      }),
      vscode.window.onDidChangeActiveTextEditor(() => this.soon()),
      vscode.languages.registerDefinitionProvider({ scheme: renderedScheme }, this),
    ];
  }

  dispose(): void {
    clearTimeout(this.timer);
    for (const one of this.registrations) one.dispose();
    this.mark.dispose();
  }

  async provideDefinition(document: vscode.TextDocument, position: vscode.Position): Promise<vscode.Location[]> {
    const client = this.server.with("sourceMap");
    if (client === undefined || isOfRevision(document.uri.query)) return [];
    const places = await client.sendRequest(sourceOfRendered, { uri: client.code2ProtocolConverter.asUri(document.uri), line: position.line });
    return places.map(locationOf);
  }

  private soon(): void {
    clearTimeout(this.timer);
    // Without an answer nothing is marked anew: the next move asks again.
    this.timer = setTimeout(() => void this.follow().catch(() => undefined), quietTime);
  }

  private async follow(): Promise<void> {
    const client = this.server.with("sourceMap");
    const editor = vscode.window.activeTextEditor;
    if (client === undefined || editor === undefined) return;
    if (editor.document.uri.scheme === renderedScheme) return this.markSource(editor);
    if (editor.document.languageId === "kdsl") return this.markRendered(client, editor);
  }

  private async markRendered(client: LanguageClient, editor: vscode.TextEditor): Promise<void> {
    const convert = client.code2ProtocolConverter;
    editor.setDecorations(this.mark, []);
    for (const shown of vscode.window.visibleTextEditors) {
      if (shown.document.uri.scheme !== renderedScheme || isOfRevision(shown.document.uri.query)) continue;
      const answer = await client.sendRequest(renderedOfSource, {
        textDocument: convert.asTextDocumentIdentifier(editor.document),
        position: convert.asPosition(editor.selection.active),
        uri: convert.asUri(shown.document.uri),
      });
      // They end at the begin of the line behind.
      this.show(shown, answer.ranges.map((range) => new vscode.Range(range.start.line, 0, Math.max(range.start.line, range.end.line - 1), 0)));
    }
  }

  private async markSource(editor: vscode.TextEditor): Promise<void> {
    const places = await this.provideDefinition(editor.document, editor.selection.active);
    editor.setDecorations(this.mark, []);
    for (const shown of vscode.window.visibleTextEditors) {
      if (shown.document.languageId !== "kdsl") continue;
      const here = places.filter((place) => place.uri.toString() === shown.document.uri.toString()).slice(0, 1);
      this.show(shown, here.map((place) => place.range));
    }
  }

  private show(editor: vscode.TextEditor, ranges: vscode.Range[]): void {
    editor.setDecorations(this.mark, ranges);
    if (ranges.length > 0) editor.revealRange(ranges[0], vscode.TextEditorRevealType.InCenterIfOutsideViewport);
  }
}
