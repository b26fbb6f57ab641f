import { code, codeBlock, element, facts } from "./dom.js";
import { text } from "./key.js";
import { REASONS } from "./words.js";

const VERDICTS = {
  allow: { word: "Allow", kind: "allow", mark: "✓" },
  deny: { word: "Deny", kind: "refuse", mark: "✕" },
  unauthenticated: { word: "Unauthorized", kind: "refuse", mark: "✕" },
  failed: { word: "Failed", kind: "failed", mark: "!" },
  open: { word: "Not asked", kind: "failed", mark: "?" },
};

/** The verdict's word, kind for its colour, and mark. */
export function verdict(decision) {
  return VERDICTS[decision.access];
}

/** The reason code that the authorizer logged; empty when there is none. */
export function reason(decision) {
  return decision.log?.reason ?? "";
}

/** The elements that show a call and the decision about it. */
export function show(call) {
  const { decision } = call;
  return [
    band(call),
    element("p", { className: "why" }, why(decision)),
    facts("facts", [
      ["Sent", `${call.label}, by GET ${call.door.path} of the ${call.door.title}`],
      ["Reason", reasonWords(decision)],
      ["Principal", principal(decision)],
      ["Cache", cacheWords(decision)],
      ["Took", decision.tookMs < 1 ? "less than 1 ms" : `${decision.tookMs} ms`],
    ]),
    ...section("What is different in this key", call.changes.length > 0 && facts("facts", call.changes)),
    ...section("What the caller sees", codeBlock(`${call.status}\n${pretty(call.body)}`, "the caller’s answer")),
    ...answer(decision),
    ...section("The authorizer’s log record", decision.log && codeBlock(pretty(withoutMetric(decision.log)), "log record")),
    ...section("The same with curl", codeBlock(call.command, "curl command")),
  ];
}

function band({ decision, status }) {
  const { word, kind, mark } = verdict(decision);
  return element(
    "p",
    { className: `verdict ${kind}` },
    element("span", { className: "mark", ariaHidden: "true" }, element("span", {}, mark)),
    element("strong", {}, word),
    reason(decision) && element("code", { className: "code-of-reason" }, reason(decision)),
    element("span", { className: "status" }, String(status)),
  );
}

function section(title, content) {
  return content ? [element("h3", {}, title), content] : [];
}

function why(decision) {
  if (decision.access === "allow") {
    return decision.cached
      ? "API Gateway still had the authorizer’s answer for this key and let the call through without asking again."
      : "The authorizer checked the key and let it in; API Gateway called the back end with the context below.";
  }
  if (decision.access === "failed") {
    return `The authorizer did not do its work: ${decision.detail}.`;
  }
  if (decision.access === "deny" && !reason(decision)) {
    return `The authorizer gave its answer, and API Gateway refused the call by it: ${decision.detail}.`;
  }
  if (decision.cached) {
    return "API Gateway still had the authorizer’s refusal of this key and did not ask again; the reason is from then.";
  }
  return decision.asked
    ? "The authorizer was asked and refused. The caller is not told why; the reason is in its log only."
    : `API Gateway refused by itself, without asking the authorizer: ${GATEWAY[decision.detail] ?? decision.detail}.`;
}

const GATEWAY = {
  "no identity": "there is no Authorization header",
  "does not match the validation expression": "the header does not match the authorizer’s validation expression",
};

function reasonWords(decision) {
  const found = reason(decision);
  if (found) {
    return [code(found), `: ${REASONS[found] ?? "a reason of its own"}`];
  }
  return decision.access === "allow" ? "none, it is allowed" : "none is logged";
}

function principal(decision) {
  const answered = decision.answer ?? {};
  if (typeof answered.principalId === "string") {
    return [code(answered.principalId)];
  }
  return "isAuthorized" in answered ? "none, a simple response does not name one" : "none";
}

function cacheWords(decision) {
  if (decision.cached) {
    return "hit, the kept answer was used";
  }
  return decision.asked ? "miss, the authorizer was asked" : "not looked at";
}

function answer({ answer: answered }) {
  if (!answered) {
    return [];
  }
  const { context = {}, policyDocument } = answered;
  const pairs = Object.entries(context).map(([name, value]) => [code(name), code(text(value))]);
  return [
    ...section("Context for the back end", pairs.length > 0 && facts("facts", pairs)),
    ...(policyDocument
      ? section("Policy document", codeBlock(pretty(policyDocument), "policy document"))
      : section("Simple response", codeBlock(pretty({ isAuthorized: answered.isAuthorized }), "simple response"))),
  ];
}

/** The record without what is there for CloudWatch's metrics alone. */
function withoutMetric(log) {
  const { _aws: metric, ...rest } = log;
  const names = (metric?.CloudWatchMetrics ?? []).flatMap(({ Dimensions, Metrics }) => [
    ...Dimensions.flat().filter((name) => name !== "reason"),
    ...Metrics.map(({ Name }) => Name),
  ]);
  return Object.fromEntries(Object.entries(rest).filter(([name]) => !names.includes(name)));
}

function pretty(value) {
  try {
    return JSON.stringify(typeof value === "string" ? JSON.parse(value) : value, null, 2);
  } catch {
    return value;
  }
}
