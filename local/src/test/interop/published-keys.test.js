import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { after, before, describe, it } from "node:test";
import { JwtVerifier } from "aws-jwt-verify";
import { SimpleJwksCache } from "aws-jwt-verify/jwk";
import { createRemoteJWKSet, decodeProtectedHeader, jwtVerify } from "jose";
import { ask, local } from "./local.js";

const PYTHON = fileURLToPath(new URL("../../../../.venv/bin/python", import.meta.url));
const PYJWT = `
import jwt, sys
url, issuer, token = sys.argv[1:]
key = jwt.PyJWKClient(url).get_signing_key_from_jwt(token)
print(jwt.decode(token, key, algorithms=[key.algorithm_name], issuer=issuer)["org_id"])
`;

/** As aws-jwt-verify fetches, but over plain http, too, which it refuses: this machine's addresses are. */
const fetcher = { fetch: async (uri) => new Uint8Array(await (await fetch(uri)).arrayBuffer()) };

/** Until it holds, for as long as functions keep a secret. */
async function eventually(holds) {
  for (let left = 120; left > 0 && !(await holds()); left -= 1) {
    await new Promise((resolve) => setTimeout(resolve, 1000));
  }
}

for (const [algorithm, rotates] of [["RS256", true], ["ES256", false], ["EdDSA", false]]) {
  describe(`keys of ${algorithm}, checked by others with what we publish`, () => {
    let stack;
    let issuer;
    let discovery;
    let keys;

    before(async () => {
      issuer = "https://keys.example.com";
      stack = await local("--algorithm", algorithm, "--parameter", "RotateEvery=90 days", "--parameter", `Issuer=${issuer}`);
      const answer = await fetch(`${stack.publish}/.well-known/openid-configuration`);
      assert.equal(answer.status, 200);
      discovery = await answer.json();
      keys = [await issued()];
      if (rotates) {
        await stack.rotate();
        await eventually(async () => kid(keys[0]) !== kid((keys[1] = await issued())));
        await eventually(async () => (await (await fetch(discovery.jwks_uri)).text()).includes(kid(keys[1])));
      }
    });
    after(() => stack?.stop());

    const kid = (key) => decodeProtectedHeader(key).kid;
    const issued = async () => (await stack.invoke("createApiKey", { customerId: "cus_others", email: "a@b.co" })).apikey;

    it("are each of a generation of their own, and open our doors", async () => {
      assert.equal(new Set(keys.map(kid)).size, rotates ? 2 : 1);
      for (const key of keys) {
        assert.deepEqual(await ask(stack, key), [200, 200]);
      }
    });

    it("discovery tells what native authorizers read", () => {
      assert.equal(discovery.issuer, issuer);
      assert.match(discovery.jwks_uri, /\/\.well-known\/jwks\.json$/);
      assert.deepEqual(discovery.id_token_signing_alg_values_supported, [algorithm]);
    });

    it("are good to jose", async () => {
      const set = createRemoteJWKSet(new URL(discovery.jwks_uri));
      for (const key of keys) {
        const { payload } = await jwtVerify(key, set, { issuer, algorithms: [algorithm] });
        assert.equal(payload.org_id, "cus_others");
      }
    });

    it("are good to aws-jwt-verify", async () => {
      const verifier = JwtVerifier.create(
        { issuer, audience: null, jwksUri: discovery.jwks_uri },
        { jwksCache: new SimpleJwksCache({ fetcher }) },
      );
      for (const key of keys) {
        assert.equal((await verifier.verify(key)).org_id, "cus_others");
      }
    });

    it("are good to PyJWT", async () => {
      for (const key of keys) {
        const { stdout } = await promisify(execFile)(PYTHON, ["-c", PYJWT, discovery.jwks_uri, issuer, key]);
        assert.equal(stdout.trim(), "cus_others");
      }
    });

    it("are refused by all of them when one character is another", async () => {
      const [, , signature] = keys[0].split(".");
      const spoilt = keys[0].replace(signature, (signature.startsWith("A") ? "B" : "A") + signature.slice(1));
      await assert.rejects(jwtVerify(spoilt, createRemoteJWKSet(new URL(discovery.jwks_uri)), { issuer }));
      const verifier = JwtVerifier.create(
        { issuer, audience: null, jwksUri: discovery.jwks_uri },
        { jwksCache: new SimpleJwksCache({ fetcher }) },
      );
      await assert.rejects(verifier.verify(spoilt));
      await assert.rejects(promisify(execFile)(PYTHON, ["-c", PYJWT, discovery.jwks_uri, issuer, spoilt]));
    });
  });
}
