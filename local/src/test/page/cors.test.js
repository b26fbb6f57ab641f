import assert from "node:assert/strict";
import { createServer } from "node:net";
import { after, before, test } from "node:test";
import { browser, call, createKey, local, visit } from "./support.js";

let chrome;
let stack;

function freePort() {
  return new Promise((resolve) => {
    const server = createServer().listen(0, "127.0.0.1", () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}

before(async () => {
  const port = await freePort();
  const origins = `CorsOrigins=https://elsewhere.example,http://127.0.0.1:${port}`;
  [chrome, stack] = await Promise.all([browser(), local("--page-port", port, "--parameter", origins)]);
});

after(async () => {
  await chrome?.close();
  await stack?.stop();
});

test("a page of an allowed origin calls both APIs by itself, and reads the request's id", async () => {
  const { page, close } = await visit(chrome, stack.url, { callsApis: true });
  await createKey(page);
  for (const api of ["REST API", "HTTP API"]) {
    const told = await call(page, "From this page", api);
    assert.deepEqual([told.verdict, told.status], ["Allow", "200"]);
    assert.equal(told.facts.company_id, "cus_1");
  }
  await close();
});

test("the same page under another origin may not, and is told what to do", async () => {
  const url = stack.url.replace("127.0.0.1", "localhost");
  const { page, close } = await visit(chrome, url, { callsApis: true });
  await createKey(page);
  for (const api of ["REST API", "HTTP API"]) {
    await page.getByRole("radio", { name: api }).check();
    await page.getByRole("button", { name: "From this page" }).click();
    await page.getByText(`Start scripts/local with --parameter CorsOrigins=${url}`).waitFor();
    assert.equal((await call(page, "Send the key", api)).status, "200");
    assert.equal(await page.locator("#call-error").isHidden(), true);
  }
  assert.equal(await page.locator("#history li").count(), 2);
  await close();
});
