// VS Code in a browser (code-server) with our extension, driven by keys and mouse: code_server.mjs TOOLS VSIX FOLDER [PICTURES]
//
// TOOLS is where install_code_server.sh put code-server and playwright-core, FOLDER holds main.kdsl and common.kdsl of workspace.py. Ends with 0 if
// everything was seen, else with 1 and what was not. With PICTURES, screenshots for the documentation are written there.
import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";

const [tools, vsix, folder, pictures] = process.argv.slice(2);
const { chromium } = createRequire(path.join(tools, "package.json"))("playwright-core");
const codeServer = path.join(tools, "node_modules/code-server/out/node/entry.js");
const patience = 120_000;

const home = mkdtempSync(path.join(tmpdir(), "kdsl-code-"));
const places = ["--user-data-dir", path.join(home, "data"), "--extensions-dir", path.join(home, "extensions"), "--config", path.join(home, "config.yaml")];
mkdirSync(path.join(home, "data/User"), { recursive: true });
writeFileSync(
  path.join(home, "data/User/settings.json"),
  JSON.stringify({
    "workbench.startupEditor": "none",
    "workbench.tips.enabled": false,
    "chat.commandCenter.enabled": false,
    "telemetry.telemetryLevel": "off",
    "editor.minimap.enabled": false,
    "window.menuBarVisibility": "hidden",
  }),
);
writeFileSync(path.join(home, "config.yaml"), "auth: none\n");

async function freePort() {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address();
  server.close();
  return port;
}

async function until(what, ask) {
  const limit = Date.now() + patience;
  for (;;) {
    const found = await ask();
    if (found) return found;
    if (Date.now() > limit) throw new Error(`not seen: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

/** Functions on the n-th editor of the window. */
class Editor {
  constructor(page, index = 0) {
    this.page = page;
    this.index = index;
  }

  /** The lines that are shown. Monaco writes blanks as no-break spaces. */
  lines() {
    return this.page.evaluate((index) => {
      const editor = document.querySelectorAll(".editor-instance .monaco-editor[role=code]")[index];
      const lines = [...(editor?.querySelectorAll(".view-line") ?? [])];
      return lines.sort((a, b) => a.offsetTop - b.offsetTop).map((line) => line.textContent.replaceAll("\u00a0", " "));
    }, this.index);
  }

  /** Where the first letters of a text are on the screen. */
  placeOf(text) {
    return until(`${text} in the editor`, () =>
      this.page.evaluate(
        ([index, wanted]) => {
          const editor = document.querySelectorAll(".editor-instance .monaco-editor[role=code]")[index];
          for (const line of editor?.querySelectorAll(".view-line") ?? []) {
            let at = line.textContent.replaceAll("\u00a0", " ").indexOf(wanted);
            if (at < 0) continue;
            const walker = document.createTreeWalker(line, NodeFilter.SHOW_TEXT);
            for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
              if (at >= node.length) {
                at -= node.length;
                continue;
              }
              const range = document.createRange();
              range.setStart(node, at);
              range.setEnd(node, at + 1);
              const { x, y, width, height } = range.getBoundingClientRect();
              return { x: x + width / 2, y: y + height / 2 };
            }
          }
          return null;
        },
        [this.index, text],
      ),
    );
  }

  async click(text) {
    const { x, y } = await this.placeOf(text);
    await this.page.mouse.click(x, y);
  }

  async hover(text) {
    const { x, y } = await this.placeOf(text);
    await this.page.mouse.move(x + 40, y + 60);
    await this.page.mouse.move(x, y, { steps: 4 });
  }

  shows(text) {
    return until(text, async () => (await this.lines()).some((line) => line.includes(text)));
  }
}

async function picture(page, name) {
  if (pictures === undefined) return;
  await page.waitForTimeout(600);
  await page.screenshot({ path: path.join(pictures, `${name}.png`) });
}

async function session(page, address) {
  const seen = (what) => console.log(`${((Date.now() - begin) / 1000).toFixed(1)} s: ${what}`);
  const begin = Date.now();
  const text = (selector) => page.evaluate((wanted) => [...document.querySelectorAll(wanted)].map((one) => one.textContent).join("\n"), selector);
  const widget = (selector, wanted) => until(`${wanted} in ${selector}`, async () => (await text(selector)).replaceAll("\u00a0", " ").includes(wanted));

  // On a machine under load the browser sometimes never answers the first call.
  await until("the page", () => page.goto(address, { timeout: patience / 4, waitUntil: "commit" }).catch(() => null));
  await page.locator(".explorer-folders-view .monaco-list-row", { hasText: "main.kdsl" }).dblclick({ timeout: patience });
  const editor = new Editor(page);
  await editor.shows("resource settings = ConfigMap");
  seen("the file is open");

  await page.locator(".squiggly-error").first().waitFor({ state: "attached", timeout: patience });
  seen("a squiggle under the mistake");
  await editor.hover("dta: {");
  await widget(".monaco-hover", "unknown field");
  await picture(page, "vscode-error");
  seen("its message");

  await editor.click("dta: {");
  await page.keyboard.press("Control+.");
  await widget(".action-widget", "write");
  await page.keyboard.press("Enter");
  await editor.shows("data: { replicas:");
  await page.locator(".squiggly-error").first().waitFor({ state: "detached", timeout: patience });
  seen("a quick fix, and the squiggle is gone");

  await editor.hover("replicas: int");
  await widget(".monaco-hover", "How many pods");
  seen("a comment as documentation");

  await editor.click("selector.matchLabels");
  await page.keyboard.press("End");
  await page.keyboard.press("Enter");
  await page.keyboard.type("progressD", { delay: 40 });
  await widget(".suggest-widget .monaco-list-row", "progressDeadlineSeconds");
  await picture(page, "vscode-completion");
  await page.keyboard.press("Enter");
  await editor.shows("    progressDeadlineSeconds:");
  await page.keyboard.type("90");
  await editor.shows("progressDeadlineSeconds: 90");
  seen("completion while typing");

  await page.keyboard.press("Escape");
  await page.locator('.editor-actions a[aria-label^="Show the Rendered YAML"]').click({ timeout: patience });
  const rendered = new Editor(page, 1);
  await rendered.shows("kind: ConfigMap");
  await rendered.shows('replicas: "2"');
  seen("the rendered YAML");
  await editor.click("= 2");
  await page.keyboard.press("End");
  await page.keyboard.press("Backspace");
  await page.keyboard.type("5");
  await rendered.shows('replicas: "5"');
  await picture(page, "vscode-rendered");
  seen("and it follows the text");

  await editor.click("image }");
  await page.keyboard.press("F2");
  await page.locator(".rename-box input:focus").waitFor({ timeout: patience });
  await page.keyboard.press("Control+a");
  await page.keyboard.type("picture");
  await page.keyboard.press("Enter");
  await editor.shows("private let picture");
  await editor.shows("{ image: picture }");
  seen("rename");

  await editor.click("labels }");
  await page.keyboard.press("F12");
  await page.locator(".tab", { hasText: "common.kdsl" }).first().waitFor({ timeout: patience });
  await editor.shows("let labels = { app:");
  seen("definition in another file");

  await page.keyboard.press("Control+s");
  await page.keyboard.press("F1");
  await page.keyboard.type("kdsl: ");
  await widget(".quick-input-list", "kdsl: Restart the Language Server");
  await page.keyboard.press("Escape");
  seen("commands");
}

let browser, server, status = 1;
try {
  const installed = spawnSync(process.execPath, [codeServer, ...places, "--install-extension", vsix], { encoding: "utf8" });
  if (installed.status !== 0) throw new Error(`the extension could not be installed:\n${installed.stdout}${installed.stderr}`);
  const port = await freePort();
  server = spawn(
    process.execPath,
    [codeServer, ...places, "--auth", "none", "--bind-addr", `127.0.0.1:${port}`, "--disable-telemetry", "--disable-update-check", "--disable-workspace-trust"],
    { stdio: ["ignore", "pipe", "pipe"], detached: true },
  );
  let log = "";
  for (const stream of [server.stdout, server.stderr]) stream.on("data", (data) => (log += data));
  await until("code-server listens", () => log.includes("HTTP server listening"));
  browser = await chromium.launch({
    executablePath: process.env.KDSL_CHROMIUM ?? "/usr/bin/chromium",
    args: ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--disable-quic", "--disable-background-networking", "--disable-component-update", "--disable-sync", "--no-first-run"],
  });
  const page = await browser.newPage({ viewport: { width: 1280, height: 760 } });
  page.setDefaultTimeout(patience);
  try {
    await session(page, `http://127.0.0.1:${port}/?folder=${encodeURIComponent(folder)}`);
    status = 0;
  } catch (error) {
    const shot = path.join(tmpdir(), "kdsl-code-server.png");
    await page.screenshot({ path: shot });
    console.error(`${error.message}\nThe window as it was: ${shot}`);
  }
} catch (error) {
  console.error(error.message);
} finally {
  await browser?.close();
  // With the extension's host and the language server.
  if (server?.pid !== undefined) process.kill(-server.pid);
  rmSync(home, { recursive: true, force: true, maxRetries: 5 });
}
process.exit(status);
