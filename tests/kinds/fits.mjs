// Reads [[where, object], …] from standard input and holds the objects against the published models of their kinds: by TypeScript, which knows every field, and by
// the models' own validators, which know patterns, ranges and what has to be there. Writes JSON: {checked: {kind: number}, unknown: […], faults: […]}.
import fs from "node:fs";
import path from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import ts from "typescript";

const scope = path.join(path.dirname(fileURLToPath(import.meta.url)), "node_modules", "@kubernetes-models");

// group/version/kind → the file of the model, without its ending.
const models = new Map();
for (const name of fs.readdirSync(scope)) {
  for (const group of fs.readdirSync(path.join(scope, name))) {
    const versions = path.join(scope, name, group);
    if (!group.includes(".") || !fs.statSync(versions).isDirectory()) continue;
    for (const version of fs.readdirSync(versions)) {
      const folder = path.join(versions, version);
      if (!fs.statSync(folder).isDirectory()) continue;
      for (const file of fs.readdirSync(folder)) {
        if (file.endsWith(".d.ts") && file !== "index.d.ts") models.set(`${group}/${version}/${file.slice(0, -5)}`, path.join(folder, file.slice(0, -5)));
      }
    }
  }
}

const checked = {};
const unknown = new Set();
const faults = [];
const found = [];
for (const [where, object] of JSON.parse(fs.readFileSync(0, "utf8"))) {
  const kind = `${object.apiVersion}/${object.kind}`;
  if (!models.has(kind)) {
    unknown.add(kind);
    continue;
  }
  checked[kind] = (checked[kind] ?? 0) + 1;
  found.push({ name: `${where}: ${object.kind} ${object.metadata.name}`, object, kind: object.kind, file: models.get(kind) });
}

// One constant for each object: an unknown field of a literal is an error to TypeScript.
const lines = found.map(({ object, kind, file }, number) => `export const o${number}: import("${file}").I${kind} = ${JSON.stringify(object)};`);
const source = path.join(scope, "objects.ts");
const options = { strict: true, noEmit: true, skipLibCheck: true, module: ts.ModuleKind.ESNext, moduleResolution: ts.ModuleResolutionKind.Bundler, target: ts.ScriptTarget.ES2022, types: [] };
const host = ts.createCompilerHost(options);
const readSource = host.getSourceFile.bind(host);
host.getSourceFile = (name, ...rest) => (name === source ? ts.createSourceFile(name, lines.join("\n"), ts.ScriptTarget.ES2022) : readSource(name, ...rest));
host.fileExists = (name) => name === source || ts.sys.fileExists(name);
const program = ts.createProgram([source], options, host);
for (const fault of ts.getPreEmitDiagnostics(program)) {
  const text = ts.flattenDiagnosticMessageText(fault.messageText, " ");
  const line = fault.file?.fileName === source ? fault.file.getLineAndCharacterOfPosition(fault.start).line : -1;
  faults.push(`${line < 0 ? fault.file?.fileName : found[line].name}: ${text}`);
}

for (const { name, object, kind, file } of found) {
  const model = await import(pathToFileURL(`${file}.js`).href);
  try {
    new model[kind](object).validate();
  } catch (error) {
    faults.push(`${name}: ${error.message}`);
  }
}
process.stdout.write(JSON.stringify({ checked, unknown: [...unknown].sort(), faults }));
