// The kdsl extension: starts `kdsl lsp`, and adds what the protocol does not have a place for.
import * as vscode from "vscode";
import type { LanguageClient } from "vscode-languageclient/node";
import { CaretSync } from "./caretSync";
import { compareTargets, compareWithCommit, renderTarget } from "./compare";
import { showMatches } from "./matches";
import type { Match } from "./protocol";
import { RenderedRefresher, canRender, ownRendered, showRendered } from "./rendered";
import { Server } from "./server";
import { bugReport, showStatus } from "./serverReports";
import { TestExplorer } from "./testExplorer";
import { WhyView } from "./whyView";

let server: Server | undefined;

export async function activate(context: vscode.ExtensionContext): Promise<void> {
  const kdsl = new Server(context.extensionPath);
  server = kdsl;
  const why = new WhyView(kdsl);
  const tests = new TestExplorer(kdsl);
  context.subscriptions.push(kdsl, why, tests, new CaretSync(kdsl), new RenderedRefresher(() => kdsl.running));

  /** A command of the name; what goes wrong with it is shown. */
  const command = (name: string, run: (...args: never[]) => unknown): void => {
    const shown = async (...args: never[]): Promise<void> => {
      try {
        await run(...args);
      } catch (error) {
        void vscode.window.showErrorMessage(error instanceof Error ? error.message : String(error));
      }
    };
    context.subscriptions.push(vscode.commands.registerCommand(name, shown));
  };
  const withServer = (run: (client: LanguageClient) => unknown) => (): unknown => kdsl.running && run(kdsl.running);
  const withFile = (run: (client: LanguageClient, document: vscode.TextDocument) => unknown) =>
    withServer((client) => {
      const document = vscode.window.activeTextEditor?.document;
      return document?.languageId === "kdsl" ? run(client, document) : undefined;
    });

  command("kdsl.restartServer", () => kdsl.restart());
  command("kdsl.showOutput", () => kdsl.showOutput());
  command("kdsl.showStatus", withServer(showStatus));
  command("kdsl.bugReport", withServer(bugReport));
  command("kdsl.showRendered", withFile((client, document) => canRender(client) && showRendered(ownRendered(document.uri))));
  command("kdsl.renderTarget", withFile(renderTarget));
  command("kdsl.compareTargets", withFile(compareTargets));
  command("kdsl.compareWithCommit", withFile(compareWithCommit));
  command("kdsl.why", () => why.reveal());
  // These two are called by code lenses.
  command("kdsl.runTest", (uri: string, title: string) => tests.runOne(vscode.Uri.parse(uri), title));
  command("kdsl.showMatches", (_uri: string, _position: object, matches: Match[]) => showMatches(matches));

  context.subscriptions.push(
    vscode.workspace.onDidChangeConfiguration((event) => {
      if (event.affectsConfiguration("kdsl.server.path")) void kdsl.restart();
    }),
  );
  await kdsl.restart();
}

export async function deactivate(): Promise<void> {
  await server?.stop();
  server = undefined;
}
