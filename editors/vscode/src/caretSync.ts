// The caret in the source marks the lines of the rendered YAML that come from there, and the other way round.
import * as vscode from "vscode";
import type { LanguageClient } from "vscode-languageclient/node";
import { renderedOfSource, sourceOfRendered } from "./protocol";
import { renderedScheme } from "./renderedUri";

/** After the last move, before the other side follows. */
const quietTime = 80;

export class CaretSync implements vscode.Disposable {
  private readonly mark = vscode.window.createTextEditorDecorationType({
    isWholeLine: true,
    backgroundColor: new vscode.ThemeColor("editor.wordHighlightBackground"),
    overviewRulerColor: new vscode.ThemeColor("editorOverviewRuler.wordHighlightForeground"),
    overviewRulerLane: vscode.OverviewRulerLane.Center,
  });
  private readonly listener: vscode.Disposable;
  private timer: NodeJS.Timeout | undefined;

  constructor(private readonly client: () => LanguageClient | undefined) {
    // Only the editor with the focus leads: else both would follow each other.
    this.listener = vscode.window.onDidChangeTextEditorSelection((event) => {
      if (event.textEditor !== vscode.window.activeTextEditor) return;
      clearTimeout(this.timer);
      this.timer = setTimeout(() => void this.follow(event.textEditor).catch(() => undefined), quietTime);
    });
  }

  dispose(): void {
    clearTimeout(this.timer);
    this.listener.dispose();
    this.mark.dispose();
  }

  private async follow(editor: vscode.TextEditor): Promise<void> {
    const client = this.client();
    if (client === undefined || !client.isRunning()) return;
    if (editor.document.uri.scheme === renderedScheme) return this.markSource(client, editor);
    if (editor.document.languageId === "kdsl") return this.markRendered(client, editor);
  }

  private async markRendered(client: LanguageClient, editor: vscode.TextEditor): Promise<void> {
    const convert = client.code2ProtocolConverter;
    for (const shown of vscode.window.visibleTextEditors) {
      if (shown.document.uri.scheme !== renderedScheme || shown.document.uri.query.includes("revision=")) continue;
      const answer = await client.sendRequest(renderedOfSource, {
        textDocument: convert.asTextDocumentIdentifier(editor.document),
        position: convert.asPosition(editor.selection.active),
        uri: convert.asUri(shown.document.uri),
      });
      this.show(shown, answer.ranges.map((range) => new vscode.Range(range.start.line, 0, range.end.line - 1, 0)));
    }
  }

  private async markSource(client: LanguageClient, editor: vscode.TextEditor): Promise<void> {
    const uri = client.code2ProtocolConverter.asUri(editor.document.uri);
    const places = await client.sendRequest(sourceOfRendered, { uri, line: editor.selection.active.line });
    for (const shown of vscode.window.visibleTextEditors) {
      if (shown.document.languageId !== "kdsl") continue;
      const own = client.code2ProtocolConverter.asUri(shown.document.uri);
      const here = places.filter((place) => place.uri === own).slice(0, 1);
      this.show(shown, here.map(({ range }) => new vscode.Range(range.start.line, range.start.character, range.end.line, range.end.character)));
    }
  }

  private show(editor: vscode.TextEditor, ranges: vscode.Range[]): void {
    editor.setDecorations(this.mark, ranges);
    if (ranges.length > 0) editor.revealRange(ranges[0], vscode.TextEditorRevealType.InCenterIfOutsideViewport);
  }
}
