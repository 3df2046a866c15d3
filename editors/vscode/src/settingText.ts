// How a setting of a value is shown in one line. Nothing of VS Code in here, so that it can be tested alone.
import type { Detour, Setting } from "./protocol";

interface Effect {
  text: string;
  /** Of VS Code's icons. */
  icon: string;
}

const effects: Record<string, Effect> = {
  sets: { text: "set", icon: "check" },
  merges: { text: "merged", icon: "git-merge" },
  appends: { text: "appended", icon: "add" },
  prepends: { text: "prepended", icon: "add" },
  deletes: { text: "made absent", icon: "trash" },
  external: { text: "made elsewhere", icon: "link-external" },
  below: { text: "read by super", icon: "arrow-down" },
  overridden: { text: "overridden", icon: "circle-slash" },
  dropped: { text: "dropped by a stronger layer", icon: "circle-slash" },
  idle: { text: "not held", icon: "debug-pause" },
};
const passages: Record<string, string> = { each: "by an each", spread: "by a spread", copy: "by way of" };

export function iconOf(setting: Setting): string {
  return effects[setting.effect]?.icon ?? "circle-outline";
}

/** What a setting does, for the dimmed text behind it: "overridden, the default, in component `Web`". */
export function describeSetting(setting: Setting): string {
  const parts = [effects[setting.effect]?.text ?? setting.effect];
  if (setting.effect === "idle" && setting.condition) parts[0] = `not held: ${setting.condition}`;
  if (setting.final) parts.push("final");
  if (setting.origin === "default") parts.push("the default");
  if (setting.origin === "command-line") parts.push("from outside");
  if (setting.origin === "server") parts.push("by the API server");
  if (setting.within) parts.push(`in ${setting.within}`);
  return parts.join(", ");
}

export function describeDetour(detour: Detour): string {
  return passages[detour.kind] ?? detour.kind;
}

export function fileName(uri: string): string {
  return decodeURIComponent(uri.slice(uri.lastIndexOf("/") + 1));
}

/** `prod.kdsl:4` */
export function placeText(uri: string, line: number): string {
  return `${fileName(uri)}:${line + 1}`;
}
