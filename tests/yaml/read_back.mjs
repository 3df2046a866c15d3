// usage: node read_back.mjs yaml|js-yaml FILE: prints the documents of a YAML file as one JSON list.
import { readFileSync } from "node:fs";

const [name, path] = process.argv.slice(2);
const text = readFileSync(path, "utf8");
let documents;
if (name === "yaml") {
  const { parseAllDocuments } = await import("yaml");
  documents = parseAllDocuments(text, { version: "1.2", maxAliasCount: 0 }).map((document) => {
    if (document.errors.length > 0) throw document.errors[0];
    return document.toJS();
  });
} else {
  const { loadAll } = await import("js-yaml");
  documents = loadAll(text);
}
process.stdout.write(JSON.stringify(documents));
