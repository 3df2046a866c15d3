// The view "Where a value comes from": builds, values, their settings from the strongest, and what those read.
import * as vscode from "vscode";
import type { LanguageClient } from "vscode-languageclient/node";
import { whyRequest, type Setting, type Value, type ValuesInView } from "./protocol";
import { describeSetting, placeText } from "./settingText";

type Node = { kind: "view"; view: ValuesInView } | { kind: "value"; value: Value } | { kind: "setting"; setting: Setting } | { kind: "note"; text: string };

const valueNode = (value: Value): Node => ({ kind: "value", value });

export class WhyView implements vscode.TreeDataProvider<Node>, vscode.Disposable {
  private readonly changed = new vscode.EventEmitter<void>();
  readonly onDidChangeTreeData = this.changed.event;
  private readonly tree: vscode.TreeView<Node>;
  private views: ValuesInView[] = [];

  constructor(private readonly client: () => LanguageClient | undefined) {
    this.tree = vscode.window.createTreeView("kdsl.why", { treeDataProvider: this, showCollapseAll: true });
  }

  dispose(): void {
    this.tree.dispose();
    this.changed.dispose();
  }

  /** Asks about the caret of the active editor, and shows the answer. */
  async ask(): Promise<void> {
    const client = this.client();
    const editor = vscode.window.activeTextEditor;
    if (client === undefined || editor?.document.languageId !== "kdsl") return;
    const convert = client.code2ProtocolConverter;
    const answer = await client.sendRequest(whyRequest, {
      textDocument: convert.asTextDocumentIdentifier(editor.document),
      position: convert.asPosition(editor.selection.active),
    });
    this.views = answer.views;
    this.tree.message = answer.views.length === 0 ? "What is at the caret has no value in a build." : undefined;
    this.changed.fire();
    await vscode.commands.executeCommand("kdsl.why.focus");
  }

  getChildren(node?: Node): Node[] {
    if (node === undefined) {
      const [only] = this.views;
      if (this.views.length === 1 && only.target === undefined) return this.ofView(only);
      return this.views.map((view) => ({ kind: "view", view }));
    }
    switch (node.kind) {
      case "view":
        return this.ofView(node.view);
      case "value":
        return node.value.settings.map((setting) => ({ kind: "setting", setting }));
      case "setting":
        return node.setting.inputs.map(valueNode);
      case "note":
        return [];
    }
  }

  getTreeItem(node: Node): vscode.TreeItem {
    const { Collapsed, Expanded, None } = vscode.TreeItemCollapsibleState;
    switch (node.kind) {
      case "view": {
        const item = new vscode.TreeItem(node.view.target ?? placeText(node.view.root, 0).replace(/:1$/, ""), Expanded);
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
        return settingItem(node.setting, node.setting.inputs.length > 0 ? Collapsed : None);
      case "note":
        return new vscode.TreeItem(node.text, None);
    }
  }

  private ofView(view: ValuesInView): Node[] {
    const nodes = view.values.map(valueNode);
    return view.more > 0 ? [...nodes, { kind: "note", text: `… and ${view.more} more` }] : nodes;
  }
}

function settingItem(setting: Setting, state: vscode.TreeItemCollapsibleState): vscode.TreeItem {
  const item = new vscode.TreeItem(setting.text || setting.value || setting.effect, state);
  item.description = describeSetting(setting);
  item.tooltip = setting.value === undefined ? item.description : `${setting.value}\n${item.description}`;
  if (setting.location === null) return item;
  const { uri, range } = setting.location;
  item.description = `${placeText(uri, range.start.line)}  ${item.description}`;
  const selection = new vscode.Range(range.start.line, range.start.character, range.end.line, range.end.character);
  item.command = { command: "vscode.open", title: "Open", arguments: [vscode.Uri.parse(uri), { selection }] };
  return item;
}
