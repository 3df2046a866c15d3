import assert from "node:assert/strict";
import { test } from "node:test";
import { isOfRevision, queryOfRevision, renderedPath } from "../src/renderedUri";

test("a rendered document ends in .yaml", () => {
  assert.equal(renderedPath("/a/web.kdsl"), "/a/web.kdsl.yaml");
});

test("a revision is added to a target", () => {
  assert.equal(queryOfRevision("", "HEAD"), "revision=HEAD");
  assert.equal(queryOfRevision("target=prod", "HEAD"), "target=prod&revision=HEAD");
});

test("a target is no revision, whatever it is called", () => {
  assert.equal(isOfRevision("target=prod&revision=HEAD"), true);
  assert.equal(isOfRevision("target=revision"), false);
  assert.equal(isOfRevision(""), false);
});
