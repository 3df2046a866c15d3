import assert from "node:assert/strict";
import { test } from "node:test";
import { describeDetour, describeSetting, iconOf, placeText } from "../src/settingText";

const plain = { effect: "sets", origin: "source", location: null, text: "", final: false, detours: [], inputs: [] };

test("a setting says what it does and where it belongs", () => {
  assert.equal(describeSetting(plain), "set");
  assert.equal(describeSetting({ ...plain, effect: "overridden", origin: "default", within: "component `Web`" }), "overridden, the default, in component `Web`");
  assert.equal(describeSetting({ ...plain, final: true }), "set, final");
  assert.equal(describeSetting({ ...plain, effect: "idle", condition: "env == prod" }), "not held: env == prod");
});

test("what decides looks different from what was overridden", () => {
  assert.notEqual(iconOf(plain), iconOf({ ...plain, effect: "overridden" }));
});

test("an effect or a detour of a newer server is shown as it is called", () => {
  assert.equal(describeSetting({ ...plain, effect: "borrows" }), "borrows");
  assert.equal(iconOf({ ...plain, effect: "borrows" }), "circle-outline");
  assert.equal(describeDetour({ kind: "mirror", location: null, text: "" }), "mirror");
});

test("a place is its file's name and line, from one", () => {
  assert.equal(placeText("file:///a/my%20web.kdsl", 3), "my web.kdsl:4");
});
