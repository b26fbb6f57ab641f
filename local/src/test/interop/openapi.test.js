import assert from "node:assert/strict";
import { after, before, it } from "node:test";
import { Validator } from "@seriousme/openapi-schema-validator";
import { local } from "./local.js";

let stack;

before(async () => {
  stack = await local();
});
after(() => stack?.stop());

it("the description of issue-key is valid OpenAPI, and describes each route of the API that has it", async () => {
  const description = await stack.invoke("getOpenApi", {});
  const validator = new Validator();
  const result = await validator.validate(description);
  assert.deepEqual(result.errors ?? [], []);
  assert.equal(result.valid, true);
  assert.match(validator.version, /^3\./);
  const operations = Object.values(description.paths).flatMap((path) => Object.values(path).map((one) => one.operationId));
  assert.equal(new Set(operations).size, operations.length);
  for (const action of ["createApiKey", "listApiKeys", "getApiKey", "updateApiKey", "revokeApiKey", "rollApiKey", "revokeCustomer"]) {
    assert.ok(operations.includes(action), action);
  }
});

it("the validator finds what is wrong", async () => {
  const description = await stack.invoke("getOpenApi", {});
  delete description.info.title;
  assert.equal((await new Validator().validate(description)).valid, false);
});
