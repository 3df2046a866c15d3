// The running language server: started, stopped, restarted; features ask it by way of this.
import * as fs from "node:fs";
import * as os from "node:os";
import * as vscode from "vscode";
import { LanguageClient, State, type StaticFeature } from "vscode-languageclient/node";
import type { Abilities } from "./protocol";
import { canRender } from "./rendered";
import { findServer } from "./serverProgram";
import { ServerStatus } from "./status";

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

export class Server implements vscode.Disposable {
  private client: LanguageClient | undefined;
  private readonly status = new ServerStatus();
  private readonly output = vscode.window.createOutputChannel("kdsl", { log: true });
  private readonly started = new vscode.EventEmitter<void>();
  /** A server answers from now on: the first one, or one after a restart. */
  readonly onDidStart = this.started.event;
  /** Starts and stops happen one after the other. */
  private turn: Promise<void> = Promise.resolve();

  constructor(private readonly extensionFolder: string) {}

  /** The client, while its server answers. */
  get running(): LanguageClient | undefined {
    return this.client?.isRunning() ? this.client : undefined;
  }

  /** The client, while its server answers and has an extension of the protocol: servers of other versions may lack it. */
  with(ability: keyof Abilities): LanguageClient | undefined {
    return this.running && abilitiesOf(this.running)[ability] ? this.running : undefined;
  }

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

  dispose(): void {
    this.started.dispose();
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
      if (newState === State.Running) this.status.running(found.program, client.initializeResult?.serverInfo?.version);
      if (newState === State.Starting) this.status.starting();
      if (newState === State.Stopped) this.status.failed("The language server stopped; its output tells why.");
    });
    this.client = client;
    try {
      await client.start();
      await setContexts(client);
      this.started.fire();
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
    await setContexts(undefined);
    // A client that failed to start has nothing to stop, and says so by an exception.
    if (client?.isRunning()) await client.stop();
    await client?.dispose();
  }
}

function abilitiesOf(client: LanguageClient): Abilities {
  return (client.initializeResult?.capabilities.experimental ?? {}) as Abilities;
}

/** What package.json asks for in its `when`s. */
async function setContexts(client: LanguageClient | undefined): Promise<void> {
  const abilities = client === undefined ? {} : abilitiesOf(client);
  const contexts = {
    "kdsl.isRunning": client !== undefined,
    "kdsl.canRender": client !== undefined && canRender(client),
    "kdsl.canExplain": abilities.why ?? false,
    "kdsl.canCompare": abilities.targets ?? false,
  };
  await Promise.all(Object.entries(contexts).map(([name, value]) => vscode.commands.executeCommand("setContext", name, value)));
}
