// Makes kdsl-<platform>-<version>.vsix, or what KDSL_VSIX names, with the server inside. The program is KDSL_SERVER, else ../../build/release/kdsl.
import { execFileSync } from "node:child_process";
import { chmod, copyFile, mkdir, readFile, rm } from "node:fs/promises";
import { existsSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";

const here = path.dirname(fileURLToPath(import.meta.url));
const server = path.resolve(process.env.KDSL_SERVER || path.join(here, "../../build/release/kdsl"));
if (!existsSync(server)) {
  console.error(`There is no ${server}. Build it (cmake --preset release && cmake --build --preset release --target kdsl), or name one with KDSL_SERVER.`);
  process.exit(1);
}

const folder = path.join(here, "server");
await rm(folder, { recursive: true, force: true });
await mkdir(folder);
await copyFile(server, path.join(folder, "kdsl"));
await chmod(path.join(folder, "kdsl"), 0o755);
await copyFile(path.join(here, "../../LICENSE"), path.join(here, "LICENSE"));

const { version } = JSON.parse(await readFile(path.join(here, "package.json"), "utf8"));
const target = `${process.platform}-${process.arch}`;
const vsix = path.resolve(here, process.env.KDSL_VSIX || `kdsl-${target}-${version}.vsix`);
const vsce = path.join(here, "node_modules/@vscode/vsce/vsce");
execFileSync(
  process.execPath,
  [vsce, "package", "--no-dependencies", "--skip-license", "--allow-missing-repository", "--target", target, "--out", vsix],
  { cwd: here, stdio: "inherit" },
);
