import assert from "node:assert/strict";
import { test } from "node:test";
import { findServer, type Surroundings } from "../src/serverProgram";

function around(programs: string[], more: Partial<Surroundings> = {}): Surroundings {
  return {
    configured: "",
    extensionFolder: "/ext",
    workspaceFolder: "/home/me/shop",
    homeFolder: "/home/me",
    searchPath: "/usr/bin:relative:/opt/bin",
    isExecutable: (file) => programs.includes(file),
    ...more,
  };
}

test("what is configured comes first", () => {
  assert.deepEqual(findServer(around(["/a/kdsl", "/ext/server/kdsl"], { configured: "/a/kdsl" })), { program: "/a/kdsl" });
  assert.deepEqual(findServer(around(["/home/me/bin/kdsl"], { configured: "~/bin/kdsl" })), { program: "/home/me/bin/kdsl" });
  assert.deepEqual(findServer(around(["/home/me/shop/k"], { configured: "${workspaceFolder}/k" })), { program: "/home/me/shop/k" });
  assert.deepEqual(findServer(around(["/opt/bin/kdsl-next"], { configured: "kdsl-next" })), { program: "/opt/bin/kdsl-next" });
});

test("a configured program that is not there is not passed over", () => {
  const found = findServer(around(["/ext/server/kdsl"], { configured: "/gone/kdsl" }));
  assert.ok("problem" in found && found.problem.includes("/gone/kdsl"));
});

test("then the extension's own, then PATH", () => {
  assert.deepEqual(findServer(around(["/ext/server/kdsl", "/usr/bin/kdsl"])), { program: "/ext/server/kdsl" });
  assert.deepEqual(findServer(around(["/opt/bin/kdsl"])), { program: "/opt/bin/kdsl" });
  assert.ok("problem" in findServer(around(["relative/kdsl"])));
});
