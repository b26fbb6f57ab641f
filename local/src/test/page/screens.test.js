import assert from "node:assert/strict";
import { mkdirSync } from "node:fs";
import { after, before, test } from "node:test";
import { accessibilityProblems, browser, call, createKey, decision, local, visit } from "./support.js";

const SCREENSHOTS = new URL("../../../../target/screenshots/", import.meta.url).pathname;
const MAX_TABS = 60;

let chrome;
let stack;

before(async () => {
  mkdirSync(SCREENSHOTS, { recursive: true });
  [chrome, stack] = await Promise.all([browser(), local()]);
});

after(async () => {
  await chrome?.close();
  await stack?.stop();
});

for (const [name, options] of Object.entries({
  light: { colorScheme: "light" },
  dark: { colorScheme: "dark" },
  narrow: { viewport: { width: 360, height: 780 } },
})) {
  test(`it fits the screen and is accessible: ${name}`, async () => {
    const { page, close } = await visit(chrome, stack.url, options);
    assert.deepEqual(await accessibilityProblems(page), []);
    await createKey(page);
    await call(page, "Send the key");
    await page.evaluate(() => window.scrollTo(0, 0));
    await page.screenshot({ path: `${SCREENSHOTS}${name}.png`, fullPage: name === "narrow" });
    await call(page, "HS256 forgery");
    await page.screenshot({ path: `${SCREENSHOTS}${name}-refusal.png` });
    assert.deepEqual(await accessibilityProblems(page), []);
    const [needed, there] = await page.evaluate(() => [document.documentElement.scrollWidth, window.innerWidth]);
    assert.ok(needed <= there, `${needed} px in ${there}`);
    await close();
  });
}

test("on a phone, the decision shows together with the button that was pressed", async () => {
  const { page, close } = await visit(chrome, stack.url, { viewport: { width: 390, height: 844 } });
  await createKey(page);
  for (const name of ["Send the key", "Expired", "HS256 forgery", "No key"]) {
    await call(page, name);
    const button = await page.getByRole("button", { name, exact: true }).boundingBox();
    const verdict = await page.locator(".verdict").boundingBox();
    const card = await page.locator("#decision").boundingBox();
    assert.ok(button.y >= 0 && button.y + button.height <= card.y, `${name}: the button is at ${button.y}, the card at ${card.y}`);
    assert.ok(verdict.y >= card.y && verdict.y + verdict.height <= 844, `${name}: the verdict is at ${verdict.y}`);
  }
  await page.screenshot({ path: `${SCREENSHOTS}phone.png` });
  await close();
});

test("on a low screen, too, pressing a button shows the decision", async () => {
  const { page, close } = await visit(chrome, stack.url, { viewport: { width: 844, height: 390 } });
  await createKey(page);
  await call(page, "Send the key");
  const verdict = await page.locator(".verdict").boundingBox();
  assert.ok(verdict.y >= 0 && verdict.y + verdict.height <= 390, `the verdict is at ${verdict.y}`);
  await close();
});

test("on a desk, the decision stays in view while the column beside it scrolls, and covers no key of the list below", async () => {
  const { page, close } = await visit(chrome, stack.url, { viewport: { width: 1280, height: 800 } });
  await createKey(page);
  await call(page, "No key");
  for (const block of ["start", "end"]) {
    await page.locator(block === "start" ? ".steps" : ".past").evaluate((element, to) => element.scrollIntoView({ block: to }), block);
    const card = await page.locator("#decision").boundingBox();
    assert.ok(card.y >= 0 && card.y + card.height <= 800, `the card is from ${card.y} to ${card.y + card.height}`);
  }
  assert.ok(await page.evaluate(() => window.scrollY > 200), "there is nothing to scroll");
  await page.evaluate(() => window.scrollTo(0, document.documentElement.scrollHeight));
  const card = await page.locator("#decision").boundingBox();
  const keys = await page.locator("latchkey-keys").boundingBox();
  assert.ok(card.y + card.height <= keys.y, `the card ends at ${card.y + card.height}, the list begins at ${keys.y}`);
  await close();
});

test("light and dark are different colours", async () => {
  const grounds = [];
  for (const colorScheme of ["light", "dark"]) {
    const { page, close } = await visit(chrome, stack.url, { colorScheme });
    grounds.push(await page.evaluate(() => getComputedStyle(document.body).backgroundColor));
    await close();
  }
  assert.deepEqual(grounds, ["rgb(246, 246, 244)", "rgb(17, 18, 21)"]);
});

test("nothing moves for those who asked for that", async () => {
  const { page, close } = await visit(chrome, stack.url, { reducedMotion: "reduce" });
  const moving = await page.evaluate(() =>
    [...document.querySelectorAll("*")].filter((one) => getComputedStyle(one).transitionDuration !== "0s").length);
  assert.equal(moving, 0);
  await close();
});

test("everything can be done by keyboard, and shows where it is", async () => {
  const { page, close } = await visit(chrome, stack.url);
  await tabTo(page, "#customer");
  await page.keyboard.press("Control+A");
  await page.keyboard.type("cus_keys");
  await page.keyboard.press("Enter");
  await page.getByRole("status").filter({ hasText: "Key created for cus_keys" }).waitFor();

  await tabTo(page, "[name=door]");
  await page.keyboard.press("ArrowDown");
  await tabTo(page, "[data-attempt=expired]");
  await page.keyboard.press("Space");
  await page.getByRole("status").filter({ hasText: "HTTP API, Expired: Deny 403, expired." }).waitFor();
  assert.equal((await decision(page)).verdict, "Deny");
  await page.keyboard.press("Shift+Tab");
  assert.equal(await page.evaluate(() => document.activeElement.dataset.attempt), "direct");

  await page.reload();
  await createKey(page);
  await call(page, "Send the key");
  const unreached = await page.evaluate(() => {
    document.activeElement.blur();
    const all = [...document.querySelectorAll("button:enabled, input:not([type=radio]), [name=door]:checked, summary, pre")];
    window.unreached = new Set(all.filter((one) => one.checkVisibility()));
    return window.unreached.size;
  });
  assert.ok(unreached > 15, String(unreached));
  for (let tabs = 0; tabs < MAX_TABS; tabs++) {
    await page.keyboard.press("Tab");
    await page.evaluate(() => window.unreached.delete(document.activeElement));
  }
  assert.deepEqual(await page.evaluate(() => [...window.unreached].map((one) => one.outerHTML)), []);
  await close();
});

/** Presses Tab until the focus is on such an element, with an outline that shows at every stop. */
async function tabTo(page, selector) {
  for (let tabs = 0; tabs < MAX_TABS; tabs++) {
    await page.keyboard.press("Tab");
    const [found, outlined, html] = await page.evaluate((wanted) => {
      const focused = document.activeElement;
      const shown = focused.closest(".doors label") ?? focused;
      const isOutlined = focused === document.body || getComputedStyle(shown).outlineStyle !== "none";
      return [focused.matches(wanted), isOutlined, focused.outerHTML];
    }, selector);
    assert.ok(outlined, html);
    if (found) {
      return;
    }
  }
  assert.fail(`${selector} is not reached by Tab`);
}
