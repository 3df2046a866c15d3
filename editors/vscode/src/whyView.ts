// The view "Where a Value Comes From": builds, values, their settings from the strongest, and what those read. It follows the caret.
import * as vscode from "vscode";
import { opening } from "./places";
import { whyRequest, type Detour, type Setting, type Value, type ValuesInView } from "./protocol";
import type { Server } from "./server";
import { describeDetour, describeSetting, fileName, iconOf, placeText } from "./settingText";

/** After the last move of the caret, before the view follows. */
const quietTime = 150;

type Node =
  | { kind: "view"; view: ValuesInView }
  | { kind: "value"; value: Value }
  | { kind: "setting"; setting: Setting }
  | { kind: "detour"; detour: Detour }
  | { kind: "note"; text: string };

export class WhyView implements vscode.TreeDataProvider<Node>, vscode.Disposable {
  private readonly changed = new vscode.EventEmitter<void>();
  readonly onDidChangeTreeData = this.changed.event;
  private readonly tree: vscode.TreeView<Node>;
  private readonly listeners: vscode.Disposable[];
  private views: ValuesInView[] = [];
  private timer: NodeJS.Timeout | undefined;
  /** Of the last question: an answer to an earlier one comes too late. */
  private question = 0;

  constructor(private readonly server: Server) {
    this.tree = vscode.window.createTreeView("kdsl.why", { treeDataProvider: this, showCollapseAll: true });
    this.listeners = [
      // A place that was opened from the view moves the caret too (without a kind): the view stays, so that the next place can be opened from it.
      vscode.window.onDidChangeTextEditorSelection((event) => {
        if (event.kind !== undefined && event.kind !== vscode.TextEditorSelectionChangeKind.Command) this.soon();
      }),
      this.tree.onDidChangeVisibility(() => this.soon()),
    ];
  }

  dispose(): void {
    clearTimeout(this.timer);
    for (const listener of this.listeners) listener.dispose();
    this.tree.dispose();
    this.changed.dispose();
  }

  /** Asks about the caret of the active editor, and brings the view to the front. */
  async reveal(): Promise<void> {
    await this.ask();
    await vscode.commands.executeCommand("kdsl.why.focus");
  }

  private soon(): void {
    clearTimeout(this.timer);
    // Without an answer, what is shown stays; the command tells what is wrong.
    this.timer = setTimeout(() => void (this.tree.visible && this.ask().catch(() => undefined)), quietTime);
  }

  private async ask(): Promise<void> {
    const client = this.server.with("why");
    const editor = vscode.window.activeTextEditor;
    if (client === undefined || editor?.document.languageId !== "kdsl") return;
    const convert = client.code2ProtocolConverter;
    const question = ++this.question;
    const answer = await client.sendRequest(whyRequest, {
      textDocument: convert.asTextDocumentIdentifier(editor.document),
      position: convert.asPosition(editor.selection.active),
    });
    if (question !== this.question) return;
    this.views = answer.views.filter((view) => view.values.length > 0);
    const isOld = this.views.some((view) => view.old);
    this.tree.message = this.views.length === 0 ? "What is at the caret has no value in a build." : isOld ? "There are errors: this is how it was before them." : undefined;
    this.changed.fire();
  }

  getChildren(node?: Node): Node[] {
    if (node === undefined) {
      const [only] = this.views;
      if (this.views.length === 1 && only.target === undefined) return ofView(only);
      return this.views.map((view) => ({ kind: "view", view }));
    }
    switch (node.kind) {
      case "view":
        return ofView(node.view);
      case "value":
        return node.value.settings.map((setting) => ({ kind: "setting", setting }));
      case "setting":
        return [...node.setting.detours.map((detour): Node => ({ kind: "detour", detour })), ...node.setting.inputs.map(ofValue)];
      case "detour":
      case "note":
        return [];
    }
  }

  getTreeItem(node: Node): vscode.TreeItem {
    const { Expanded, None } = vscode.TreeItemCollapsibleState;
    switch (node.kind) {
      case "view": {
        const item = new vscode.TreeItem(node.view.target ?? fileName(node.view.root), Expanded);
        item.iconPath = new vscode.ThemeIcon("package");
        return item;
      }
      case "value": {
        const item = new vscode.TreeItem(`${node.value.path}: ${node.value.value}`, node.value.settings.length > 0 ? Expanded : None);
        item.tooltip = node.value.type;
        item.iconPath = new vscode.ThemeIcon("symbol-value");
        return item;
      }
      case "setting":
        return settingItem(node.setting);
      case "detour":
        return placedItem(node.detour.text, describeDetour(node.detour), node.detour.location, None);
      case "note":
        return new vscode.TreeItem(node.text, None);
    }
  }
}

const ofValue = (value: Value): Node => ({ kind: "value", value });

function ofView(view: ValuesInView): Node[] {
  const nodes = view.values.map(ofValue);
  return view.more > 0 ? [...nodes, { kind: "note", text: `… and ${view.more} more` }] : nodes;
}

function settingItem(setting: Setting): vscode.TreeItem {
  const { Collapsed, None } = vscode.TreeItemCollapsibleState;
  const description = describeSetting(setting);
  const hasMore = setting.inputs.length + setting.detours.length > 0;
  const item = placedItem(setting.text || setting.value || setting.effect, description, setting.location, hasMore ? Collapsed : None);
  item.tooltip = setting.value === undefined ? description : `${setting.value}\n${description}`;
  item.iconPath = new vscode.ThemeIcon(iconOf(setting));
  return item;
}

/** An item that a click leads to its place, if it has one. */
function placedItem(label: string, description: string, location: Setting["location"], state: vscode.TreeItemCollapsibleState): vscode.TreeItem {
  const item = new vscode.TreeItem(label, state);
  item.description = location === null ? description : `${placeText(location.uri, location.range.start.line)}  ${description}`;
  if (location !== null) item.command = opening(location);
  return item;
}
