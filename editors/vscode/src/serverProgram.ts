// Which program is the language server. Nothing of VS Code in here, so that it can be tested alone.
import * as path from "node:path";

export interface Surroundings {
  /** The setting `kdsl.server.path`; empty if unset. */
  configured: string;
  /** The folder this extension is installed in. */
  extensionFolder: string;
  /** The first folder of the workspace, if there is one. */
  workspaceFolder: string | undefined;
  homeFolder: string;
  /** The environment's PATH. */
  searchPath: string;
  isExecutable(file: string): boolean;
}

export type ServerProgram = { program: string } | { problem: string };

function expand(text: string, around: Surroundings): string {
  const home = text === "~" || text.startsWith("~/") ? around.homeFolder + text.slice(1) : text;
  return home.replaceAll("${workspaceFolder}", around.workspaceFolder ?? "");
}

function inSearchPath(name: string, around: Surroundings): string | undefined {
  return around.searchPath
    .split(path.delimiter)
    .filter((folder) => path.isAbsolute(folder))
    .map((folder) => path.join(folder, name))
    .find((file) => around.isExecutable(file));
}

/** The configured program; without one that of the extension, then the one in PATH. What is configured and not there is a problem, never passed over. */
export function findServer(around: Surroundings): ServerProgram {
  const configured = expand(around.configured.trim(), around);
  if (configured !== "") {
    const file = path.isAbsolute(configured) ? configured : inSearchPath(configured, around);
    if (file !== undefined && around.isExecutable(file)) return { program: file };
    return { problem: `The setting kdsl.server.path names no program that can be run: ${configured}` };
  }
  const bundled = path.join(around.extensionFolder, "server", "kdsl");
  if (around.isExecutable(bundled)) return { program: bundled };
  const found = inSearchPath("kdsl", around);
  if (found !== undefined) return { program: found };
  return { problem: "This extension was made without the kdsl program, and there is no kdsl in PATH. Set kdsl.server.path." };
}
