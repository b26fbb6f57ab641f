import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { createInterface } from "node:readline";
import { chromium } from "playwright-core";

const ROOT = new URL("../../../../", import.meta.url).pathname;
const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/** Nothing but pages: no sandbox, which root cannot have, and no talk with the browser's maker. */
const FLAGS = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  "--no-first-run",
];

/** Real Chromium. */
export function browser() {
  return chromium.launch({ executablePath: process.env.CHROMIUM, args: FLAGS });
}

/** scripts/local on free ports; tells the playground's address. */
export async function local(...options) {
  const ports = ["--port", "--http-port", "--lambda-port", "--publish-port", "--page-port"].flatMap((flag) => [flag, "0"]);
  const tool = spawn(`${ROOT}scripts/local`, [...ports, ...options], { stdio: ["ignore", "pipe", "inherit"] });
  const ended = new Promise((resolve) => tool.once("close", resolve));
  const stop = () => tool.kill() && ended;
  const printed = [];
  for await (const line of createInterface({ input: tool.stdout })) {
    printed.push(line);
    const url = /page .*(http:\/\/127\.0\.0\.1:\d+)\/\./.exec(line)?.[1];
    if (url) {
      tool.stdout.resume();
      return { url, stop };
    }
  }
  throw new Error(`scripts/local ended: ${printed.join("\n")}`);
}

/**
 * A page of a browser of its own; `close` tells whether it stayed at home and without errors. One that may call APIs from here
 * leaves home, and is refused by the browser where they do not allow it.
 */
export async function visit(chrome, url, { callsApis = false, ...options } = {}) {
  const context = await chrome.newContext({ viewport: { width: 1320, height: 1000 }, ...options });
  const page = await context.newPage();
  const errors = [];
  const elsewhere = [];
  page.on("pageerror", (error) => errors.push(error.message));
  page.on("console", (message) => {
    const isRefusedCall = message.location().url.match(/\/(rest|http|latchkey)\//) && message.text().startsWith("Failed to load");
    const isRefusedHere = callsApis && /CORS policy|ERR_FAILED/.test(message.text());
    if (["error", "warning"].includes(message.type()) && !isRefusedCall && !isRefusedHere) {
      errors.push(message.text());
    }
  });
  page.on("request", (request) => {
    if (new URL(request.url()).origin !== url && !callsApis) {
      elsewhere.push(request.url());
    }
  });
  const answer = await page.goto(url);
  await page.locator("[name=door]").first().waitFor();
  const close = async () => {
    await context.close();
    assert.deepEqual({ errors, elsewhere }, { errors: [], elsewhere: [] });
  };
  return { page, answer, close };
}

/** Creates a key, and waits until it shows. */
export async function createKey(page, customer = "cus_1") {
  await page.getByLabel("Customer id").fill(customer);
  await page.locator("#create").getByRole("button").click();
  await page.locator("#parts dt").first().waitFor();
}

/** The members of the key by name, each with its value and where it comes from. */
export function keyMembers(page) {
  return page.locator("#parts dl > div").evaluateAll((rows) =>
    Object.fromEntries(rows.map((row) => {
      const [name, ...told] = [...row.children].map((cell) => cell.textContent);
      return [name, told];
    })),
  );
}

/** Presses a button of the calls and tells what shows: verdict, status, reason code and the facts by name. */
export async function call(page, name, door = "REST API") {
  await page.getByRole("radio", { name: door }).check();
  const before = await page.locator("#history li").count();
  await page.getByRole("button", { name, exact: true }).click();
  await page.locator("#history li").nth(before).waitFor();
  return decision(page);
}

/** What the decision's card shows. */
export function decision(page) {
  return page.locator("#decision").evaluate((card) => ({
    verdict: card.querySelector(".verdict strong").textContent,
    status: card.querySelector(".verdict .status").textContent,
    reason: card.querySelector(".code-of-reason")?.textContent ?? "",
    why: card.querySelector(".why").textContent,
    facts: Object.fromEntries(
      [...card.querySelectorAll(".facts > div")].map((row) => [...row.children].map((cell) => cell.textContent)),
    ),
    blocks: Object.fromEntries(
      [...card.querySelectorAll("pre")].map((block) => [block.ariaLabel, block.textContent]),
    ),
  }));
}

/** What an automatic check of accessibility finds (WCAG 2.2, A and AA), contrast included. */
export async function accessibilityProblems(page) {
  await page.evaluate(AXE);
  const { violations } = await page.evaluate(() => window.axe.run());
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(" ")).join(", ")}`);
}
