// The kdsl extension: starts `kdsl lsp`, shows how it is, and adds what the protocol does not have a place for.
import * as fs from "node:fs";
import * as os from "node:os";
import * as vscode from "vscode";
import { LanguageClient, State, type StaticFeature } from "vscode-languageclient/node";
import { bugReport, compareTargets, compareWithCommit, renderTarget, runTest, showMatches, showStatus } from "./builds";
import { CaretSync } from "./caretSync";
import type { Match } from "./protocol";
import { RenderedRefresher, canRender, showRendered } from "./rendered";
import { findServer } from "./serverProgram";
import { ServerStatus } from "./status";
import { WhyView } from "./whyView";

/** Tells the server which commands of its code lenses the extension carries out. */
const ownCommands: StaticFeature = {
  fillClientCapabilities(capabilities) {
    capabilities.experimental = { ...(capabilities.experimental as object | undefined), commands: { commands: ["kdsl.showRendered", "kdsl.showMatches", "kdsl.runTest"] } };
  },
  initialize() {},
  getState: () => ({ kind: "static" }),
  clear() {},
};

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
  private readonly caretSync = new CaretSync(() => this.client);
  readonly why = new WhyView(() => this.client);
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

  /** Runs a command of the server's, and shows what went wrong with it. */
  async withClient(command: (client: LanguageClient) => Promise<void>): Promise<void> {
    if (!this.client?.isRunning()) return;
    try {
      await command(this.client);
    } catch (error) {
      void vscode.window.showErrorMessage(error instanceof Error ? error.message : String(error));
    }
  }

  runTest(uri: string, title: string): Promise<void> {
    return this.withClient((client) => runTest(client, this.output, uri, title));
  }

  async render(): Promise<void> {
    const editor = vscode.window.activeTextEditor;
    if (this.client === undefined || !canRender(this.client) || editor?.document.languageId !== "kdsl") return;
    await showRendered(editor.document);
  }

  dispose(): void {
    this.refresher.dispose();
    this.caretSync.dispose();
    this.why.dispose();
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
        initializationOptions: () => ({ inlayHints: vscode.workspace.getConfiguration("kdsl").get("inlayHints") }),
        synchronize: { configurationSection: "kdsl" },
      },
    );
    client.registerFeature(ownCommands);
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
    vscode.commands.registerCommand("kdsl.why", () => kdsl.withClient(() => kdsl.why.ask())),
    vscode.commands.registerCommand("kdsl.renderTarget", () => kdsl.withClient(renderTarget)),
    vscode.commands.registerCommand("kdsl.compareTargets", () => kdsl.withClient(compareTargets)),
    vscode.commands.registerCommand("kdsl.compareWithCommit", () => kdsl.withClient(compareWithCommit)),
    vscode.commands.registerCommand("kdsl.showStatus", () => kdsl.withClient(showStatus)),
    vscode.commands.registerCommand("kdsl.bugReport", () => kdsl.withClient(bugReport)),
    vscode.commands.registerCommand("kdsl.runTest", (uri: string, title: string) => kdsl.runTest(uri, title)),
    vscode.commands.registerCommand("kdsl.showMatches", (_uri: string, _position: object, matches: Match[]) => showMatches(matches)),
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
