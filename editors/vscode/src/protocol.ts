// The requests of docs/internals/lsp-extensions.md, as far as the extension uses them.
import { RequestType, type Location, type Position, type Range, type TextDocumentIdentifier } from "vscode-languageclient/node";

/** What a server says in `capabilities.experimental`. */
export interface Abilities {
  rendered?: boolean;
  sourceMap?: boolean;
  targets?: boolean;
  diff?: boolean;
  why?: boolean;
}

/** Where a value passes on its way to a setting without being set there. */
export interface Detour {
  kind: string;
  location: Location | null;
  text: string;
}
export interface Setting {
  effect: string;
  origin: string;
  location: Location | null;
  text: string;
  value?: string;
  final: boolean;
  within?: string;
  condition?: string;
  detours: Detour[];
  inputs: Value[];
}
export interface Value {
  path: string;
  type: string;
  value: string;
  settings: Setting[];
}
export interface ValuesInView {
  target?: string;
  root: string;
  values: Value[];
  more: number;
  /** The files have errors: what was true before them. */
  old?: boolean;
}
export interface Target {
  name: string;
  reads: boolean;
  root?: string;
  rendered?: string;
}

/** What is wrong, and where if that is a place of its own. */
export interface Problem {
  message: string;
  location: Location | null;
}
export interface TestResult {
  title: string;
  location: Location;
  passed: boolean;
  checks: number;
  milliseconds: number;
  problems: Problem[];
}
export interface TestRun {
  tests: TestResult[];
  problems: Problem[];
}
export interface Match {
  path: string;
  location: Location | null;
}

interface AtPosition {
  textDocument: TextDocumentIdentifier;
  position: Position;
}

export const whyRequest = new RequestType<AtPosition, { range: Range | null; views: ValuesInView[] }, void>("kdsl/why");
export const targetsRequest = new RequestType<{ textDocument: TextDocumentIdentifier }, { project: string | null; targets: Target[] }, void>("kdsl/targets");
export const sourceOfRendered = new RequestType<{ uri: string; line: number }, Location[], void>("kdsl/sourceOfRendered");
export const renderedOfSource = new RequestType<AtPosition & { uri: string }, { uri: string; ranges: Range[] }, void>("kdsl/renderedOfSource");
