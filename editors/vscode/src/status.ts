// How the language server is, in the status bar of kdsl files.
import * as vscode from "vscode";

export class ServerStatus implements vscode.Disposable {
  private readonly item: vscode.LanguageStatusItem;

  constructor() {
    this.item = vscode.languages.createLanguageStatusItem("kdsl.server", { language: "kdsl" });
    this.item.name = "kdsl language server";
    this.item.command = { command: "kdsl.restartServer", title: "Restart" };
  }

  dispose(): void {
    this.item.dispose();
  }

  starting(): void {
    this.show("kdsl: starting", vscode.LanguageStatusSeverity.Information, true);
  }

  running(program: string, version: string | undefined): void {
    this.show(version === undefined ? "kdsl" : `kdsl ${version}`, vscode.LanguageStatusSeverity.Information, false, program);
  }

  failed(problem: string): void {
    this.show("kdsl: no language server", vscode.LanguageStatusSeverity.Error, false, problem);
  }

  private show(text: string, severity: vscode.LanguageStatusSeverity, busy: boolean, detail?: string): void {
    this.item.text = text;
    this.item.severity = severity;
    this.item.busy = busy;
    this.item.detail = detail;
  }
}
