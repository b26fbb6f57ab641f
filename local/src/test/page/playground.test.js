import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { request } from "node:http";
import { after, before, test } from "node:test";
import { browser, call, createKey, keyMembers, local, visit } from "./support.js";

let chrome;
let stack;

before(async () => {
  [chrome, stack] = await Promise.all([browser(), local()]);
});

after(async () => {
  await chrome?.close();
  await stack?.stop();
});

/** A test on a page of its own, which must end without errors and without requests to other origins. */
function onPage(name, steps, options = {}) {
  test(name, async () => {
    const visited = await visit(chrome, stack.url, options);
    await steps(visited.page, visited);
    await visited.close();
  });
}

onPage("a key is created and taken apart, each member with where it comes from", async (page) => {
  await createKey(page, "cus_42");
  const members = await keyMembers(page);
  assert.deepEqual(Object.keys(members), ["alg", "typ", "kid", "sub", "org_id", "iat", "exp", "jti", "status", "iss", "aud"]);
  assert.deepEqual(members.alg, ["RS256", "PLUGIN_JWT_ALGORITHM = RS256"]);
  assert.match(members.kid[1], /PLUGIN_JWT_KID is not set/);
  assert.deepEqual(members.org_id, ["cus_42", "the customer id; PLUGIN_JWT_COMPANY_ID_FIELD = org_id"]);
  assert.match(members.iat[0], /^\d{10}issued (just now|\d+ seconds ago), on \d+ \w+ \d{4} at \d\d:\d\d$/);
  assert.match(members.exp[0], /expires in 30 days, on \d+ \w+ \d{4} at \d\d:\d\d$/);
  assert.match(members.exp[1], /PLUGIN_JWT_EXPIRES_IN = 30d/);
  assert.match(members.status[0], /"idx": ?\d+, ?"uri": ?".+\/statuslists\/1"/s);
  assert.match(members.status[1], /revoked/);
  assert.deepEqual(members.aud, ["not in this key", "PLUGIN_JWT_AUDIENCE is not set: keys that have one are refused"]);
  assert.match(await page.locator("#status").textContent(), /^Key created for cus_42; it expires in 30 days/);
});

onPage("the REST API lets the key in, and the second time from the cache", async (page) => {
  await createKey(page);
  const first = await call(page, "Send the key");
  assert.deepEqual([first.verdict, first.status, first.reason], ["Allow", "200", ""]);
  assert.match(first.facts.Cache, /^miss/);
  assert.equal(first.facts.Principal, "cus_1");
  assert.equal(first.facts.company_id, "cus_1");
  const [statement] = JSON.parse(first.blocks["policy document"]).Statement;
  assert.equal(statement.Effect, "Allow");
  assert.match(first.blocks["the caller’s answer"], /^200\n\{\n {2}"company": "cus_1"/);
  const second = await call(page, "Send the key");
  assert.equal(second.verdict, "Allow");
  assert.match(second.facts.Cache, /^hit/);
  assert.deepEqual(second.blocks["policy document"], first.blocks["policy document"]);
  assert.match((await call(page, "Without Bearer")).facts.Cache, /^miss/);
});

onPage("the HTTP API lets the key in by a policy, too", async (page) => {
  await createKey(page);
  const first = await call(page, "Send the key", "HTTP API");
  assert.deepEqual([first.verdict, first.status], ["Allow", "200"]);
  assert.equal(first.facts.Principal, "cus_1");
  const [statement] = JSON.parse(first.blocks["policy document"]).Statement;
  assert.equal(statement.Effect, "Allow");
  assert.equal(first.facts.user_id, "cus_1");
  assert.match((await call(page, "Send the key", "HTTP API")).facts.Cache, /^hit/);
});

/** By button: the reason that each API's authorizer logs; none where API Gateway refuses by itself. */
const REFUSALS = {
  "Expired": ["expired", "expired"],
  "Wrong audience": ["wrong_audience", "wrong_audience"],
  "Another customer": ["bad_signature", "bad_signature"],
  "Changed signature": ["bad_signature", "bad_signature"],
  "Algorithm none": ["", "wrong_algorithm"],
  "HS256 forgery": ["wrong_algorithm", "wrong_algorithm"],
  "Unknown key id": ["unknown_key", "unknown_key"],
  "Basic, not Bearer": ["", "malformed_authorization"],
  "No key": ["", ""],
};

onPage("every broken key is refused with 401 by the REST API, and the page tells why", async (page) => {
  await createKey(page);
  for (const [name, [reason]] of Object.entries(REFUSALS)) {
    const shown = await call(page, name);
    assert.deepEqual([shown.verdict, shown.status, shown.reason], ["Unauthorized", "401", reason], name);
    assert.match(shown.why, reason ? /The authorizer was asked and refused/ : /API Gateway refused by itself/, name);
    assert.match(shown.blocks["the caller’s answer"], /"message": "Unauthorized"/);
    assert.equal("log record" in shown.blocks, reason !== "", name);
  }
});

onPage("every broken key is refused by the HTTP API, with a 403 that is kept where it is so for good, and the reason is told from the cache, too", async (page) => {
  await createKey(page);
  for (const [name, [, reason]] of Object.entries(REFUSALS)) {
    const shown = await call(page, name, "HTTP API");
    const isKept = name !== "No key" && name !== "Unknown key id";
    const expected = isKept ? ["Deny", "403", reason] : ["Unauthorized", "401", reason];
    assert.deepEqual([shown.verdict, shown.status, shown.reason], expected, name);
  }
  const again = await call(page, "Expired", "HTTP API");
  assert.match(again.facts.Cache, /^hit/);
  assert.equal(again.reason, "expired");
});

onPage("what was changed in a key shows", async (page) => {
  await createKey(page);
  const forged = await call(page, "HS256 forgery");
  assert.equal(forged.facts.alg, "RS256 → HS256");
  assert.equal(forged.facts.signature, "made anew");
  const changed = await call(page, "Changed signature");
  assert.equal(changed.facts.signature, "one character is another");
  const other = await call(page, "Another customer");
  assert.deepEqual([other.facts.org_id, other.facts.signature], ["cus_1 → cus_2", "as it was"]);
});

onPage("the curl commands that show do the same", async (page) => {
  await page.getByLabel("Customer id").fill("it's");
  const command = await page.locator("#create-curl").textContent();
  const issued = JSON.parse(execFileSync("sh", ["-c", command.replace("curl", "curl -sS")], { encoding: "utf8" }));
  assert.match(issued.apikey, /^eyJ/);
  await createKey(page);
  for (const [name, status] of [["Send the key", "200"], ["Expired", "401"], ["No key", "401"]]) {
    const { blocks } = await call(page, name);
    const answer = execFileSync("sh", ["-c", `${blocks["curl command"]} -sS`], { encoding: "utf8" });
    assert.match(answer, new RegExp(`^HTTP/1.1 ${status} `));
  }
});

onPage("the key is copied by a button", async (page) => {
  await createKey(page);
  await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
  await page.getByRole("button", { name: "Copy key" }).click();
  await page.getByText("Copied.").waitFor({ state: "attached" });
  assert.equal(await page.evaluate(() => navigator.clipboard.readText()), await page.locator("#token").textContent());
});

onPage("markup in a customer id stays text", async (page) => {
  const markup = "<img src=x onerror=alert(1)>";
  await createKey(page, markup);
  assert.equal((await call(page, "Send the key")).facts.company_id, markup);
  assert.equal(await page.locator("img[src=x]").count(), 0);
});

onPage("a key that is ended in the list of keys is refused by both doors, and the page says why", async (page) => {
  await createKey(page, "cus_1");
  assert.equal((await call(page, "Send the key")).status, "200");
  const keys = page.locator("latchkey-keys");
  const [keyId] = (await keyMembers(page)).jti;
  await keys.locator(`tr[data-key="${keyId}"]`).getByRole("button", { name: /^Revoke / }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Revoke key", exact: true }).click();
  await keys.getByText(/ revoked\. By /).waitFor();
  const last = Date.now() + 10_000;
  let decided = await call(page, "Send the key");
  while (decided.status !== "403" && Date.now() < last) {
    await page.waitForTimeout(500);
    decided = await call(page, "Send the key");
  }
  assert.deepEqual([decided.verdict, decided.status, decided.reason], ["Deny", "403", "revoked"]);
  const other = await call(page, "Send the key", "HTTP API");
  assert.deepEqual([other.verdict, other.status, other.reason], ["Deny", "403", "revoked"]);
});

onPage("a refusal by issue-key is told beside the form", async (page) => {
  await page.getByLabel("Customer id").fill(" ");
  await page.locator("#create").getByRole("button").click();
  await page.getByRole("alert").filter({ hasText: "customerId" }).waitFor();
});

test("markup that a script makes of text is refused", async () => {
  const { page, answer } = await visit(chrome, stack.url);
  const policy = answer.headers()["content-security-policy"];
  assert.match(policy, /default-src 'self'/);
  assert.doesNotMatch(policy, /unsafe/);
  const refusal = await page.evaluate(() => {
    try {
      document.createElement("p").innerHTML = "<b>bold</b>";
      return "";
    } catch (refused) {
      return refused.message;
    }
  });
  assert.match(refusal, /TrustedHTML/);
  await page.context().close();
});

test("another host name and another page's request are refused", async () => {
  const port = new URL(stack.url).port;
  const status = (path, method, headers) => new Promise((resolve, reject) => {
    request({ host: "127.0.0.1", port, path, method, headers }, (answer) => {
      answer.resume();
      resolve(answer.statusCode);
    }).on("error", reject).end();
  });
  assert.equal(await status("/", "GET", { Host: `127.0.0.1:${port}` }), 200);
  assert.equal(await status("/", "GET", { Host: `latchkey.example:${port}` }), 403);
  assert.equal(await status("/rest/create-key", "POST", {}), 403);
  assert.equal(await status("/rest/create-key", "POST", { Origin: "http://latchkey.example" }), 403);
  assert.equal(await status("/setup", "GET", { "Sec-Fetch-Site": "cross-site" }), 403);
});
