// usage: node read_back.mjs yaml|js-yaml FILE…: a line for each YAML file, its documents as a JSON list.
import { readFileSync } from "node:fs";

const [name, ...paths] = process.argv.slice(2);
const reader = await import(name);

function documentsOf(text) {
  if (name === "js-yaml") return reader.loadAll(text);
  return reader.parseAllDocuments(text, { version: "1.2" }).map((document) => {
    if (document.errors.length > 0) throw document.errors[0];
    return document.toJS();
  });
}

for (const path of paths) process.stdout.write(JSON.stringify(documentsOf(readFileSync(path, "utf8"))) + "\n");
