// What a user of VS Code does with our extension, step by step, and what has to be seen.
import { Editor, Window, patience, until } from "./vscode_window.mjs";

/** `picture(name)` takes a screenshot for the documentation, or nothing; `seen(what)` tells of a step that is done. */
export async function session(page, address, picture, seen) {
  const window = new Window(page);
  const editor = new Editor(page);

  // On a machine under load the browser sometimes never answers the first call.
  await until("the page", () => page.goto(address, { timeout: patience / 4, waitUntil: "commit" }).catch(() => null));
  await window.open("main.kdsl");
  await editor.shows("resource settings = ConfigMap");
  seen("the file is open");

  for (const step of [mistake, hover, completion, rendered, caretSync, rename, definition, why, comparisons, tests, commands]) await step(page, window, editor, picture, seen);
}

async function mistake(page, window, editor, picture, seen) {
  await window.see(".squiggly-error");
  seen("a squiggle under the mistake");
  await editor.hover("dta: {", "unknown field");
  await picture("vscode-error");
  seen("its message");

  await editor.click("dta: {");
  await page.keyboard.press("Control+.");
  await window.widget(".action-widget", "write");
  await page.keyboard.press("Enter");
  await editor.shows("data: { replicas:");
  await window.gone(".squiggly-error");
  seen("a quick fix, and the squiggle is gone");
}

async function hover(_page, _window, editor, picture, seen) {
  await editor.hover("param rep▮licas", "How many pods");
  seen("a comment as documentation");
  await editor.hover("    rep▮licas", "prod: web.spec.replicas = 5");
  await picture("vscode-hover");
  seen("the value in each target");
}

async function completion(page, window, editor, picture, seen) {
  await editor.click("selector.matchLabels");
  await page.keyboard.press("End");
  await page.keyboard.press("Enter");
  await page.keyboard.type("progressD", { delay: 40 });
  await window.widget(".suggest-widget .monaco-list-row", "progressDeadlineSeconds");
  await picture("vscode-completion");
  await page.keyboard.press("Enter");
  await editor.shows("    progressDeadlineSeconds:");
  await page.keyboard.type("90");
  await editor.shows("progressDeadlineSeconds: 90");
  await page.keyboard.press("Escape");
  seen("completion while typing");
}

async function rendered(page, _window, editor, picture, seen) {
  await page.locator('.editor-actions a[aria-label^="Show the Rendered YAML"]').click({ timeout: patience });
  const yaml = new Editor(page, 1);
  await yaml.shows("kind: ConfigMap");
  await yaml.shows('replicas: "2"');
  seen("the rendered YAML");
  await editor.click("= 2");
  await page.keyboard.press("End");
  await page.keyboard.press("Backspace");
  await page.keyboard.type("3");
  await yaml.shows('replicas: "3"');
  await picture("vscode-rendered");
  seen("and it follows the text");
}

async function caretSync(page, _window, editor, _picture, seen) {
  const yaml = new Editor(page, 1);
  await editor.click("progressDead▮lineSeconds");
  await yaml.marks("progressDeadlineSeconds: 90");
  seen("the caret in the source marks its lines of the YAML");
  await yaml.click("progressDead▮lineSeconds");
  await editor.marks("progressDeadlineSeconds: 90");
  seen("and the caret in the YAML its source");
  await editor.click("progressDead▮lineSeconds");
}

async function rename(page, window, editor, _picture, seen) {
  await editor.click("image }");
  await page.keyboard.press("F2");
  await page.locator(".rename-box input:focus").waitFor({ timeout: patience });
  await page.keyboard.press("Control+a");
  await page.keyboard.type("picture");
  await page.keyboard.press("Enter");
  await editor.shows("private let picture");
  await editor.shows("{ image: picture }");
  await page.keyboard.press("Control+s");
  await window.gone(".tab.dirty");
  seen("rename");
}

async function definition(page, window, editor, _picture, seen) {
  await editor.click("labels }");
  await page.keyboard.press("F12");
  await window.see(".tab", { hasText: "common.kdsl" });
  await editor.shows("let labels = { app:");
  await window.tab("main.kdsl");
  await editor.shows("resource settings");
  seen("definition in another file");
}

async function why(page, window, editor, picture, seen) {
  await editor.click("    rep▮licas");
  await window.command("kdsl: Show Where This Value Comes From");
  const tree = ".sidebar .tree-explorer-viewlet-tree-view .monaco-list-row";
  await window.widget(tree, "prod");
  await window.widget(tree, "web.spec.replicas: 5");
  await window.widget(tree, "project.kdsl:5");
  await picture("vscode-why");
  seen("where a value comes from, in each target");
  await editor.click("progressDead▮lineSeconds");
  await window.widget(tree, "web.spec.progressDeadlineSeconds: 90");
  seen("and the panel follows the caret");
  await editor.click("    rep▮licas");
  await window.widget(tree, "project.kdsl:5");
  await page.locator(tree, { hasText: "project.kdsl:5" }).first().click({ timeout: patience });
  await window.see(".tab.active", { hasText: "project.kdsl" });
  await editor.shows("prod: { file:");
  seen("and a click opens the place");
  await window.tab("main.kdsl");
  await editor.shows("resource settings");
}

async function comparisons(page, window, editor, picture, seen) {
  const before = new Editor(page, 0, ".monaco-diff-editor .editor.original .monaco-editor[role=code]");
  const after = new Editor(page, 0, ".monaco-diff-editor .editor.modified .monaco-editor[role=code]");
  await window.close("main.kdsl.yaml");
  await editor.click("    rep▮licas");
  await window.command("kdsl: Compare the Rendered YAML with Another Target…");
  await window.pick("prod");
  await before.shows('replicas: "3"');
  await after.shows('replicas: "5"');
  await picture("vscode-compare");
  seen("two targets compared");
  await window.close("dev ↔ prod");

  await editor.click("    rep▮licas");
  await window.command("kdsl: Compare the Rendered YAML with the Last Commit");
  await window.pick("dev");
  await before.shows('replicas: "2"');
  await after.shows('replicas: "3"');
  seen("compared with the last commit");
  await window.close("dev (HEAD) ↔ dev");
}

async function tests(page, window, editor, picture, seen) {
  await editor.click("check web.spec.replicas == 5");
  await window.command("Testing: Focus on Test Explorer View");
  const rows = ".test-explorer .monaco-list-row";
  await window.see(rows, { hasText: "main.kdsl" });
  await window.command("Test: Run All Tests");
  await window.see(`${rows} .codicon-testing-failed-icon`);
  await page.locator(rows, { hasText: "main.kdsl" }).first().click({ timeout: patience });
  await window.widget(rows, "two by default");
  await window.see(`${rows}:has-text("five") .codicon-testing-failed-icon`);
  seen("all tests run");
  // Behind the line, in a widget of the editor.
  await window.widget(".monaco-editor[role=code]", "does not hold");
  await picture("vscode-tests");
  seen("a failure at its line");

  await editor.click("check web.spec.replicas ==▮ 5");
  await page.keyboard.press("End");
  await page.keyboard.press("Backspace");
  await page.keyboard.type("4");
  await editor.shows("check web.spec.replicas == 4");
  await window.command("Test: Run Test at Cursor");
  await window.see(`${rows}:has-text("five") .codicon-testing-passed-icon`);
  seen("one test run, and mended");
}

async function commands(page, window, _editor, _picture, seen) {
  for (const title of ["Restart the Language Server", "Show the Language Server's Output", "Collect a Bug Report"]) await window.askFor(`kdsl: ${title}`);
  await page.keyboard.press("Escape");
  seen("commands");
}
