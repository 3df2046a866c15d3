import assert from "node:assert/strict";
import { test } from "node:test";
import { describeSetting, placeText } from "../src/settingText";

const plain = { effect: "sets", origin: "source", location: null, text: "", final: false, inputs: [] };

test("a setting says what it does and where it belongs", () => {
  assert.equal(describeSetting(plain), "set");
  assert.equal(describeSetting({ ...plain, effect: "overridden", origin: "default", within: "component `Web`" }), "overridden, the default, in component `Web`");
  assert.equal(describeSetting({ ...plain, final: true }), "set, final");
  assert.equal(describeSetting({ ...plain, effect: "idle", condition: "env == prod" }), "not held: env == prod");
});

test("a place is its file's name and line, from one", () => {
  assert.equal(placeText("file:///a/my%20web.kdsl", 3), "my web.kdsl:4");
});
