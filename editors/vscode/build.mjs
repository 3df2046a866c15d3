// Bundles the extension into dist/. `--tests` makes dist/test/ instead, `--minify` what is shipped.
import { build } from "esbuild";
import { copyFile, mkdir, readdir, rm } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";

const here = path.dirname(fileURLToPath(import.meta.url));
const dist = path.join(here, "dist");
const common = { absWorkingDir: here, bundle: true, platform: "node", target: "node20", format: "cjs", logLevel: "warning" };

if (process.argv.includes("--tests")) {
  const tests = (await readdir(path.join(here, "test"))).filter((name) => name.endsWith(".test.ts") || name === "classes.ts");
  await build({
    ...common,
    entryPoints: tests.map((name) => `test/${name}`),
    outdir: path.join(dist, "test"),
    // They find a file beside themselves.
    external: ["vscode-oniguruma"],
  });
} else {
  await rm(dist, { recursive: true, force: true });
  await mkdir(dist, { recursive: true });
  await build({
    ...common,
    entryPoints: ["src/extension.ts"],
    outfile: path.join(dist, "extension.js"),
    external: ["vscode"],
    minify: process.argv.includes("--minify"),
    sourcemap: process.argv.includes("--minify") ? false : "linked",
  });
  await copyFile(path.join(here, "../../grammar/textmate/kdsl.tmLanguage.json"), path.join(dist, "kdsl.tmLanguage.json"));
}
