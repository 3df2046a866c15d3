// VS Code in a browser (code-server) with our extension, driven by keys and mouse: code_server.mjs TOOLS VSIX FOLDER [PICTURES]
//
// TOOLS is where install_code_server.sh put code-server and playwright-core, FOLDER holds the project of workspace.py, committed to git. Ends with 0 if
// everything was seen, else with 1 and what was not. With PICTURES, screenshots for the documentation are written there.
import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { session } from "./vscode_session.mjs";
import { patience, until } from "./vscode_window.mjs";

const [tools, vsix, folder, pictures] = process.argv.slice(2);
const { chromium } = createRequire(path.join(tools, "package.json"))("playwright-core");
const codeServer = path.join(tools, "node_modules/code-server/out/node/entry.js");

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
    "diffEditor.useInlineViewWhenSpaceIsLimited": false,
    "testing.automaticallyOpenTestResults": "neverOpen",
    // Beside the text, they would be part of what is read back; the server's tests look at them.
    "editor.inlayHints.enabled": "off",
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

/** Takes a screenshot of the window when it is still. */
async function picture(page, name) {
  if (pictures === undefined) return;
  await page.waitForTimeout(600);
  await page.screenshot({ path: path.join(pictures, `${name}.png`) });
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
    const begin = Date.now();
    const seen = (what) => console.log(`${((Date.now() - begin) / 1000).toFixed(1)} s: ${what}`);
    await session(page, `http://127.0.0.1:${port}/?folder=${encodeURIComponent(folder)}`, (name) => picture(page, name), seen);
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
