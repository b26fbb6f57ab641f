import assert from "node:assert/strict";
import { createServer } from "node:http";
import { after, before, describe, it } from "node:test";
import { createHeaderAndPayload, getListFromStatusListJWT, getStatusListFromJWT, StatusList } from "@sd-jwt/jwt-status-list";
import { createRemoteJWKSet, exportJWK, generateKeyPair, jwtVerify, SignJWT } from "jose";
import { ask, local } from "./local.js";

const VALID = 0;
const REVOKED = 1;
const SUSPENDED = 2;

describe("a list that we publish, read by others", () => {
  let stack;

  before(async () => {
    stack = await local();
  });
  after(() => stack?.stop());

  /** What another implementation reads of a key's status, from the list that the key names. */
  async function statusOf(apikey) {
    const { idx, uri } = getStatusListFromJWT(apikey);
    const answer = await fetch(uri, { headers: { accept: "application/statuslist+jwt" } });
    assert.equal(answer.status, 200);
    assert.equal(answer.headers.get("content-type"), "application/statuslist+jwt");
    const list = await answer.text();
    const keys = createRemoteJWKSet(new URL(`${stack.publish}/.well-known/jwks.json`));
    const { payload } = await jwtVerify(list, keys, { typ: "statuslist+jwt", subject: uri, requiredClaims: ["iat", "ttl"] });
    assert.ok(payload.ttl >= 1);
    return getListFromStatusListJWT(list).getStatus(idx);
  }

  async function settled(apikey, wanted) {
    for (let left = 20; left > 0 && (await statusOf(apikey)) !== wanted; left -= 1) {
      await new Promise((resolve) => setTimeout(resolve, 200));
    }
    return statusOf(apikey);
  }

  it("tells valid, suspended and revoked keys apart", async () => {
    const customer = { customerId: "cus_interop" };
    const create = () => stack.invoke("createApiKey", { ...customer, email: "a@b.co" });
    const [valid, suspended, revoked] = [await create(), await create(), await create()];
    assert.equal(await statusOf(valid.apikey), VALID);
    await stack.invoke("suspendApiKey", { ...customer, keyId: suspended.keyId });
    await stack.invoke("revokeApiKey", { ...customer, keyId: revoked.keyId });
    assert.equal(await settled(revoked.apikey, REVOKED), REVOKED);
    assert.equal(await statusOf(suspended.apikey), SUSPENDED);
    assert.equal(await statusOf(valid.apikey), VALID);
    await stack.invoke("resumeApiKey", { ...customer, keyId: suspended.keyId });
    assert.equal(await settled(suspended.apikey, VALID), VALID);
  });
});

describe("a list that others publish, read by our doors", () => {
  const statuses = Array.from({ length: 300 }, (_, index) => index % 3);
  let issuer;
  let keys;
  let server;
  let stack;

  before(async () => {
    keys = await generateKeyPair("ES256", { extractable: true });
    const jwks = JSON.stringify({ keys: [{ ...(await exportJWK(keys.publicKey)), kid: "others", alg: "ES256", use: "sig" }] });
    server = createServer(async ({ url }, answer) => {
      const bits = /^\/statuslists\/(\d)$/.exec(url)?.[1];
      if (url === "/jwks.json") {
        answer.setHeader("content-type", "application/json").end(jwks);
      } else if (bits) {
        answer.setHeader("content-type", "application/statuslist+jwt").end(await list(Number(bits)));
      } else {
        answer.writeHead(404).end();
      }
    });
    await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
    issuer = `http://127.0.0.1:${server.address().port}`;
    const entry = { issuer, audience: "*", jwks_uri: `${issuer}/jwks.json`, status_list_base: issuer };
    stack = await local("--parameter", `Issuers=${JSON.stringify([entry])}`);
  });
  after(async () => {
    await stack?.stop();
    server?.close();
  });

  /** A list of entries of so many bits; with one bit there is room for no more than revoked. */
  function list(bits) {
    const entries = statuses.map((status) => (bits === 1 ? status % 2 : status));
    const claims = { sub: `${issuer}/statuslists/${bits}`, iss: issuer, iat: now(), exp: now() + 600, ttl: 60 };
    const { header, payload } = createHeaderAndPayload(new StatusList(entries, bits), claims, {
      alg: "ES256",
      typ: "statuslist+jwt",
      kid: "others",
    });
    return new SignJWT(payload).setProtectedHeader(header).sign(keys.privateKey);
  }

  function now() {
    return Math.floor(Date.now() / 1000);
  }

  function token(bits, idx) {
    return new SignJWT({ org_id: "acme", status: { status_list: { idx, uri: `${issuer}/statuslists/${bits}` } } })
      .setProtectedHeader({ alg: "ES256", kid: "others", typ: "JWT" })
      .setIssuer(issuer)
      .setSubject("user")
      .setIssuedAt()
      .setExpirationTime("10m")
      .sign(keys.privateKey);
  }

  for (const bits of [1, 2, 4, 8]) {
    it(`of ${bits} bits opens for valid keys alone`, async () => {
      assert.deepEqual(await ask(stack, await token(bits, 0)), [200, 200]);
      assert.deepEqual(await ask(stack, await token(bits, 1)), [403, 403]);
      assert.deepEqual(await ask(stack, await token(bits, 297)), [200, 200]);
      assert.deepEqual(await ask(stack, await token(bits, 298)), [403, 403]);
      assert.deepEqual(await ask(stack, await token(bits, 2)), bits === 1 ? [200, 200] : [403, 403]);
    });
  }
});
