// The kdsl extension: starts `kdsl lsp`, shows how it is, and adds what the protocol does not have a place for.
import * as fs from "node:fs";
import * as os from "node:os";
import * as vscode from "vscode";
import { LanguageClient, State } from "vscode-languageclient/node";
import { RenderedRefresher, canRender, showRendered } from "./rendered";
import { findServer } from "./serverProgram";
import { ServerStatus } from "./status";

function isExecutable(file: string): boolean {
  try {
    fs.accessSync(file, fs.constants.X_OK);
    return fs.statSync(file).isFile();
  } catch {
    return false;
  }
}

class Kdsl implements vscode.Disposable {
  private client: LanguageClient | undefined;
  private readonly status = new ServerStatus();
  private readonly output = vscode.window.createOutputChannel("kdsl", { log: true });
  private readonly refresher = new RenderedRefresher(() => this.client);
  /** Starts and stops happen one after the other. */
  private turn: Promise<void> = Promise.resolve();

  constructor(private readonly extensionFolder: string) {}

  restart(): Promise<void> {
    this.turn = this.turn.then(() => this.stopNow()).then(() => this.startNow());
    return this.turn;
  }

  stop(): Promise<void> {
    this.turn = this.turn.then(() => this.stopNow());
    return this.turn;
  }

  showOutput(): void {
    this.output.show();
  }

  async render(): Promise<void> {
    const editor = vscode.window.activeTextEditor;
    if (this.client === undefined || !canRender(this.client) || editor?.document.languageId !== "kdsl") return;
    await showRendered(editor.document);
  }

  dispose(): void {
    this.refresher.dispose();
    this.status.dispose();
    this.output.dispose();
  }

  private async startNow(): Promise<void> {
    const found = findServer({
      configured: vscode.workspace.getConfiguration("kdsl").get<string>("server.path", ""),
      extensionFolder: this.extensionFolder,
      workspaceFolder: vscode.workspace.workspaceFolders?.[0]?.uri.fsPath,
      homeFolder: os.homedir(),
      searchPath: process.env.PATH ?? "",
      isExecutable,
    });
    if ("problem" in found) return this.fail(found.problem);
    this.status.starting();
    const client = new LanguageClient(
      "kdsl",
      "kdsl",
      { command: found.program, args: ["lsp"] },
      {
        documentSelector: [{ language: "kdsl", scheme: "file" }, { language: "kdsl", scheme: "untitled" }],
        outputChannel: this.output,
      },
    );
    client.onDidChangeState(({ newState }) => {
      if (this.client !== client) return;
      if (newState === State.Running) this.status.running(found.program);
      if (newState === State.Starting) this.status.starting();
      if (newState === State.Stopped) this.status.failed("The language server stopped; its output tells why.");
    });
    this.client = client;
    try {
      await client.start();
      await vscode.commands.executeCommand("setContext", "kdsl.canRender", canRender(client));
    } catch (error) {
      this.fail(`${found.program} could not be started: ${error instanceof Error ? error.message : String(error)}`);
    }
  }

  private fail(problem: string): void {
    this.status.failed(problem);
    this.output.error(problem);
    void vscode.window.showErrorMessage(problem, "Open Settings").then((choice) => {
      if (choice !== undefined) void vscode.commands.executeCommand("workbench.action.openSettings", "kdsl.server.path");
    });
  }

  private async stopNow(): Promise<void> {
    const client = this.client;
    this.client = undefined;
    await vscode.commands.executeCommand("setContext", "kdsl.canRender", false);
    // A client that failed to start has nothing to stop, and says so by an exception.
    if (client?.isRunning()) await client.stop();
    await client?.dispose();
  }
}

let running: Kdsl | undefined;

export async function activate(context: vscode.ExtensionContext): Promise<void> {
  const kdsl = new Kdsl(context.extensionPath);
  running = kdsl;
  context.subscriptions.push(
    kdsl,
    vscode.commands.registerCommand("kdsl.restartServer", () => kdsl.restart()),
    vscode.commands.registerCommand("kdsl.showOutput", () => kdsl.showOutput()),
    vscode.commands.registerCommand("kdsl.showRendered", () => kdsl.render()),
    vscode.workspace.onDidChangeConfiguration((event) => {
      if (event.affectsConfiguration("kdsl.server.path")) void kdsl.restart();
    }),
  );
  await kdsl.restart();
}

export async function deactivate(): Promise<void> {
  await running?.stop();
  running = undefined;
}
