/** Has the page's server sign the request as an IAM user would, which routes of issue-key ask for. */
const SIGNED = "AWS4-HMAC-SHA256";

/** The APIs' addresses and routes, and the settings that show in a key. */
export function setup() {
  return json("/setup");
}

/** Issues a key at issue-key's route of the REST API; an error tells why it was not issued. */
export async function createKey(customerId, email) {
  const response = await fetch("/rest/create-key", {
    method: "POST",
    headers: { Authorization: SIGNED, "Content-Type": "application/json" },
    body: JSON.stringify({ customerId, email }),
  });
  const answer = await response.json();
  if (!response.ok) {
    throw new Error(`${response.status}: ${answer.error?.message ?? answer.message}`);
  }
  return answer.apikey;
}

/** Broken keys by what is wrong with them, made from a good one. */
export function spoiltKeys(apikey) {
  return json("/spoilt", { method: "POST", body: JSON.stringify({ apikey }) });
}

/** Calls a route with that Authorization header, or with none when it is null; what the caller sees, and what was decided. */
export async function call(door, authorization) {
  const response = await fetch(`/${door.api}${door.path}`, {
    headers: authorization === null ? {} : { Authorization: authorization },
  });
  return told(response);
}

/** The same straight at the API's own address, which is another origin: an error tells where the browser keeps the answer. */
export async function callDirectly(door, authorization) {
  let response;
  try {
    response = await fetch(door.url + door.path, { headers: { Authorization: authorization }, credentials: "omit" });
  } catch {
    const remedy = `Start scripts/local with --parameter CorsOrigins=${location.origin}`;
    throw new Error(`The browser lets no page of ${location.origin} have this answer. ${remedy}`);
  }
  return told(response);
}

async function told(response) {
  const body = await response.text();
  const id = response.headers.get("x-amzn-requestid") ?? response.headers.get("apigw-requestid");
  return { status: response.status, body, decision: await json(`/decisions/${id}`) };
}

async function json(path, options) {
  const response = await fetch(path, options);
  const answer = await response.json();
  if (!response.ok) {
    throw new Error(answer.message);
  }
  return answer;
}

/** The curl command that issues a key; curl signs it itself. */
export function createCommand(api, customerId, email) {
  return [
    "curl --aws-sigv4 aws:amz:us-east-1:execute-api --user local:local \\",
    "  -H 'Content-Type: application/json' \\",
    `  -d ${quoted(JSON.stringify({ customerId, email }))} \\`,
    `  ${quoted(`${api}/create-key`)}`,
  ].join("\n");
}

/** The curl command for a call. */
export function callCommand(door, authorization) {
  const header = authorization === null ? "" : `-H ${quoted(`Authorization: ${authorization}`)} `;
  return `curl -i ${header}${quoted(door.url + door.path)}`;
}

function quoted(argument) {
  return `'${argument.replaceAll("'", "'\\''")}'`;
}
