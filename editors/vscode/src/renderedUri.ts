// The names of virtual documents that hold what a file builds. Nothing of VS Code in here, so that it can be tested alone.

export const renderedScheme = "kdsl-rendered";

/** `/a/web.kdsl` is shown as `kdsl-rendered:/a/web.kdsl.yaml`: the extension of the name makes it YAML for the editor. */
export function renderedPath(sourcePath: string): string {
  return `${sourcePath}.yaml`;
}

/** The query of the document that holds what was built in a commit. `query` is that of today's. */
export function queryOfRevision(query: string, revision: string): string {
  return query === "" ? `revision=${revision}` : `${query}&revision=${revision}`;
}

export function isOfRevision(query: string): boolean {
  return query.split("&").some((part) => part.startsWith("revision="));
}
