import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { browser, call, createKey, keyMembers, local, visit } from "./support.js";

let chrome;
let stack;

before(async () => {
  const parameters = ["Issuer=https://issuer.example", "Audience=orders", "CompanyIdField=tenant", "ExpiresIn=12h"];
  const options = parameters.flatMap((parameter) => ["--parameter", parameter]);
  [chrome, stack] = await Promise.all([browser(), local("--algorithm", "HS256", ...options)]);
});

after(async () => {
  await chrome?.close();
  await stack?.stop();
});

test("other settings show in the key, and it is let in", async () => {
  const { page, close } = await visit(chrome, stack.url);
  await createKey(page);
  const members = await keyMembers(page);
  assert.deepEqual(members.alg, ["HS256", "PLUGIN_JWT_ALGORITHM = HS256"]);
  assert.deepEqual(members.tenant, ["cus_1", "the customer id; PLUGIN_JWT_COMPANY_ID_FIELD = tenant"]);
  assert.deepEqual(members.iss, ["https://issuer.example", "PLUGIN_JWT_ISSUER = https://issuer.example"]);
  assert.deepEqual(members.aud, ["orders", "PLUGIN_JWT_AUDIENCE = orders"]);
  assert.match(members.exp[0], /expires in 12 hours/);
  assert.equal((await call(page, "Send the key")).verdict, "Allow");
  await close();
});

test("keys that are broken in one way alone are refused for that", async () => {
  const { page, close } = await visit(chrome, stack.url);
  await createKey(page);
  assert.equal((await call(page, "Expired")).reason, "expired");
  const other = await call(page, "Wrong audience");
  assert.equal(other.reason, "wrong_audience");
  assert.equal(other.facts.aud, "orders → another-api");
  await close();
});

test("a forgery over the public key is not offered where there is none", async () => {
  const { page, close } = await visit(chrome, stack.url);
  await createKey(page);
  const forgery = page.getByRole("button", { name: "HS256 forgery" });
  assert.equal(await forgery.isDisabled(), true);
  await page.getByText("Needs a public key, which HMAC does not have").waitFor();
  await close();
});
