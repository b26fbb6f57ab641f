import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";

const SCRIPT = fileURLToPath(new URL("../../../../scripts/local", import.meta.url));
const PORTS = ["--port", "--http-port", "--lambda-port", "--publish-port", "--page-port"].flatMap((flag) => [flag, "0"]);

/** Latchkey as scripts/local runs it, on free ports: what it prints of its addresses. */
export async function local(...options) {
  const tool = spawn(SCRIPT, [...PORTS, ...options], { stdio: ["ignore", "pipe", "inherit"] });
  const ended = once(tool, "close");
  let printed = "";
  for await (const text of tool.stdout.setEncoding("utf8").iterator({ destroyOnReturn: false })) {
    printed += text;
    if (/^Create a key:/m.test(printed)) {
      tool.stdout.resume();
      break;
    }
  }
  const address = (line) => new RegExp(`^${line} (http://127\\.0\\.0\\.1:\\d+\\S*?)[,.]? `, "m").exec(`${printed.replaceAll("\n", " \n")}`)?.[1];
  const lambda = address("Lambda's Invoke API is at");
  if (!lambda) {
    throw new Error(`scripts/local ended: ${printed}`);
  }
  return {
    doors: [address("Latchkey runs at"), address("Its HTTP API is at")].map((url) => `${url}/orders`),
    publish: address("Status lists and public keys are published at"),
    invoke: (action, fields) => call(lambda, "IssueKeyFunction", { action, ...fields }),
    rotate: () => call(lambda, "RotateKeysFunction", { action: "rotateNow" }),
    async stop() {
      tool.kill();
      await ended;
    },
  };
}

async function call(lambda, name, request) {
  const response = await fetch(`${lambda}/2015-03-31/functions/${name}/invocations`, {
    method: "POST",
    body: JSON.stringify(request),
  });
  const answer = await response.json();
  assert.equal(answer.error, undefined);
  assert.equal(answer.errorMessage, undefined);
  return answer;
}

/** What each door says to a token: its status. */
export async function ask(stack, token) {
  const calls = stack.doors.map((door) => fetch(door, { headers: { authorization: `Bearer ${token}` } }));
  return (await Promise.all(calls)).map((answer) => answer.status);
}
