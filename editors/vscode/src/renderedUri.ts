// The names of virtual documents that hold what a file builds.

export const renderedScheme = "kdsl-rendered";

/** `/a/web.kdsl` is shown as `kdsl-rendered:/a/web.kdsl.yaml`: the extension of the name makes it YAML for the editor. */
export function renderedPath(sourcePath: string): string {
  return `${sourcePath}.yaml`;
}
