// How a setting of a value is shown in one line. Nothing of VS Code in here, so that it can be tested alone.
import type { Setting } from "./protocol";

const actions: Record<string, string> = {
  sets: "set",
  merges: "merged",
  appends: "appended",
  prepends: "prepended",
  deletes: "made absent",
  external: "made elsewhere",
  below: "read by super",
  overridden: "overridden",
  dropped: "dropped by a stronger layer",
  idle: "not held",
};

/** What a setting does, for the dimmed text behind it: "overridden, the default, in component `Web`". */
export function describeSetting(setting: Setting): string {
  const parts = [actions[setting.effect] ?? setting.effect];
  if (setting.effect === "idle" && setting.condition) parts[0] = `not held: ${setting.condition}`;
  if (setting.final) parts.push("final");
  if (setting.origin === "default") parts.push("the default");
  if (setting.origin === "command-line") parts.push("from outside");
  if (setting.origin === "server") parts.push("by the API server");
  if (setting.within) parts.push(`in ${setting.within}`);
  return parts.join(", ");
}

/** `prod.kdsl:4` */
export function placeText(uri: string, line: number): string {
  return `${decodeURIComponent(uri.slice(uri.lastIndexOf("/") + 1))}:${line + 1}`;
}
