import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { once } from "node:events";
import { test } from "node:test";
import { promisify } from "node:util";
import { text } from "node:stream/consumers";

const root = new URL("../../../../", import.meta.url);
const page = new URL("docs/native-authorizers.md", root);
const python = new URL(".venv/bin/python", root);

test("the REST API authorizer of docs/native-authorizers.md is what AWS describes, method and stage with it", async (context) => {
  const asked = [];
  const gateway = createServer(async (request, response) => {
    const body = await text(request);
    asked.push({ call: `${request.method} ${request.url}`, body: JSON.parse(body) });
    response.setHeader("content-type", "application/json");
    response.end(JSON.stringify({ id: "auth1" }));
  }).listen(0, "127.0.0.1");
  await once(gateway, "listening");
  context.after(() => gateway.close());
  const [, program] = /```python\n(.*?)```/s.exec(await readFile(page, "utf8"));

  await promisify(execFile)(
    python.pathname,
    ["-c", program, "api1", "res1", "https://keys.example.com", "https://api.example.com", "prod"],
    {
      env: {
        PYTHONPATH: process.env.BOTO3,
        AWS_ENDPOINT_URL: `http://127.0.0.1:${gateway.address().port}`,
        AWS_REGION: "us-east-1",
        AWS_DEFAULT_REGION: "us-east-1",
        AWS_ACCESS_KEY_ID: "local",
        AWS_SECRET_ACCESS_KEY: "local",
      },
    },
  );

  assert.deepEqual(
    asked.map(({ call }) => call),
    ["POST /restapis/api1/authorizers", "PATCH /restapis/api1/resources/res1/methods/GET", "POST /restapis/api1/deployments"],
  );
  const [authorizer, method, deployment] = asked.map(({ body }) => body);
  assert.equal(authorizer.type, "JWT");
  assert.deepEqual(authorizer.jwtConfiguration, {
    issuers: [{ issuer: "https://keys.example.com", audiences: ["https://api.example.com"] }],
    defaultAlgorithms: ["RS256"],
  });
  assert.deepEqual(method.patchOperations.map(({ value }) => value), ["JWT", "auth1"]);
  assert.equal(deployment.stageName, "prod");
});
