// What a test sees and does in the window of VS Code. Everything waits for a condition; how long, only says when to give up.
export const patience = Number(process.env.KDSL_PATIENCE ?? 150) * 1000;

export async function until(what, ask) {
  const limit = Date.now() + patience;
  for (;;) {
    const found = await ask();
    if (found) return found;
    if (Date.now() > limit) throw new Error(`not seen: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

const editors = ".editor-instance .monaco-editor[role=code]";

/** One of the editors of the window: the index-th that the selector finds. */
export class Editor {
  constructor(page, index = 0, selector = editors) {
    this.page = page;
    this.index = index;
    this.selector = selector;
  }

  /** The lines that are shown. Monaco writes blanks as no-break spaces. */
  lines() {
    return this.page.evaluate(
      ([selector, index]) => {
        const lines = [...(document.querySelectorAll(selector)[index]?.querySelectorAll(".view-line") ?? [])];
        return lines.sort((a, b) => a.offsetTop - b.offsetTop).map((line) => line.textContent.replaceAll("\u00a0", " "));
      },
      [this.selector, this.index],
    );
  }

  /** Where a text is on the screen: its first letter, or the one behind a ▮ in it. */
  placeOf(text) {
    const offset = Math.max(text.indexOf("▮"), 0);
    const wanted = text.replace("▮", "");
    return until(`${text} in the editor`, () =>
      this.page.evaluate(
        ([selector, index, wanted, offset]) => {
          for (const line of document.querySelectorAll(selector)[index]?.querySelectorAll(".view-line") ?? []) {
            let at = line.textContent.replaceAll("\u00a0", " ").indexOf(wanted);
            if (at < 0) continue;
            at += offset;
            const walker = document.createTreeWalker(line, NodeFilter.SHOW_TEXT);
            for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
              if (at >= node.length) {
                at -= node.length;
                continue;
              }
              const range = document.createRange();
              range.setStart(node, at);
              range.setEnd(node, at + 1);
              const { x, y, width, height } = range.getBoundingClientRect();
              return { x: x + width / 2, y: y + height / 2 };
            }
          }
          return null;
        },
        [this.selector, this.index, wanted, offset],
      ),
    );
  }

  /** Puts the caret to a text. Lenses that come meanwhile move the lines, and a hover may be in the way: so it is looked where the caret went. */
  click(text) {
    return until(`the caret at ${text}`, async () => {
      const { x, y } = await this.placeOf(text);
      await this.page.mouse.click(x, y);
      for (let tries = 0; tries < 20; ++tries) {
        if (await this.hasCaretAt((await this.placeOf(text)).y)) return true;
        await this.page.waitForTimeout(50);
      }
      await this.page.keyboard.press("Escape");
      return false;
    });
  }

  hasCaretAt(y) {
    return this.page.evaluate(
      ([selector, index, y]) => {
        const editor = document.querySelectorAll(selector)[index];
        if (!editor?.contains(document.activeElement)) return false;
        const { top, bottom } = editor.querySelector(".cursors-layer .cursor")?.getBoundingClientRect() ?? { top: 0, bottom: 0 };
        return top <= y && y < bottom;
      },
      [this.selector, this.index, y],
    );
  }

  /** Rests the mouse on a text until the hover has a text. */
  hover(text, wanted) {
    return until(`${wanted} in the hover of ${text}`, async () => {
      // An earlier hover may cover the text.
      await this.page.mouse.move(2, 2);
      await this.page.keyboard.press("Escape");
      const { x, y } = await this.placeOf(text);
      await this.page.mouse.move(x + 40, y + 4);
      await this.page.mouse.move(x, y, { steps: 4 });
      for (let tries = 0; tries < 40; ++tries) {
        const shown = await this.page.evaluate(() => [...document.querySelectorAll(".monaco-hover")].map((one) => one.textContent).join("\n"));
        if (shown.replaceAll("\u00a0", " ").includes(wanted)) return true;
        await this.page.waitForTimeout(100);
      }
      return false;
    });
  }

  shows(text) {
    return until(text, async () => (await this.lines()).some((line) => line.includes(text)));
  }

  /** The lines that an extension marked: those at whose height one of its decorations is. */
  markedLines() {
    return this.page.evaluate(
      ([selector, index]) => {
        const editor = document.querySelectorAll(selector)[index];
        const marks = [...(editor?.querySelectorAll(".view-overlays .cdr[class*='ced-']") ?? [])].map((mark) => mark.getBoundingClientRect());
        return [...(editor?.querySelectorAll(".view-line") ?? [])]
          .filter((line) => {
            const { top, height } = line.getBoundingClientRect();
            return marks.some((mark) => mark.top <= top + height / 2 && top + height / 2 < mark.bottom);
          })
          .map((line) => line.textContent.replaceAll("\u00a0", " ").trim());
      },
      [this.selector, this.index],
    );
  }

  marks(text) {
    return until(`a mark on ${text}`, async () => (await this.markedLines()).includes(text));
  }
}

export class Window {
  constructor(page) {
    this.page = page;
  }

  /** Waits until a widget shows a text. */
  async widget(selector, wanted) {
    const texts = () => this.page.evaluate((selector) => [...document.querySelectorAll(selector)].map((one) => one.textContent).join("\n"), selector);
    await until(`${wanted} in ${selector}`, async () => (await texts()).replaceAll("\u00a0", " ").includes(wanted));
  }

  /** Waits for something of the window. */
  see(selector, options = {}) {
    return this.page.locator(selector, options).first().waitFor({ state: "attached", timeout: patience });
  }

  gone(selector) {
    return this.page.locator(selector).first().waitFor({ state: "detached", timeout: patience });
  }

  /** Opens the list of commands with a text in it. */
  async askFor(text) {
    await this.page.keyboard.press("F1");
    await this.page.locator(".quick-input-widget input[type=text]").fill(`>${text}`, { timeout: patience });
    await this.widget(".quick-input-list .monaco-list-row", text);
  }

  async command(title) {
    await this.askFor(title);
    await this.page.keyboard.press("Enter");
  }

  /** Picks an entry of a list that is shown. */
  async pick(text) {
    await this.page.locator(".quick-input-list .monaco-list-row", { hasText: text }).first().click({ timeout: patience });
  }

  /** Opens a file that the explorer shows. */
  async open(name) {
    await this.page.locator(".explorer-folders-view .monaco-list-row", { hasText: name }).first().dblclick({ timeout: patience });
  }

  async tab(name) {
    await this.page.locator(".tab", { hasText: name }).first().click({ timeout: patience });
  }

  /** Closes an editor by the button of its tab. */
  async close(name) {
    const tab = this.page.locator(".tab", { hasText: name }).first();
    await tab.hover({ timeout: patience });
    await tab.locator(".tab-actions .action-label").click({ timeout: patience });
    await tab.waitFor({ state: "detached", timeout: patience });
  }
}
