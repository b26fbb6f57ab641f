import { authorization, obstacle } from "./attempts.js";
import { reason, show, verdict } from "./decision.js";
import { announce, code, copy, element, facts } from "./dom.js";
import { changes, members, takeApart, text } from "./key.js";
import * as server from "./server.js";

const TITLES = { rest: "REST API", http: "HTTP API" };
const MAX_HISTORY = 20;
const KEYS_TEXTS = {
  title: "The keys of cus_1",
  intro: "As this customer sees them in the portal. Those that are created above for cus_1 are among them.",
  notSetUp: "issue-key has no table for the records of keys. With one, they show here.",
};

const $ = (id) => document.getElementById(id);
const attempts = [...document.querySelectorAll("[data-attempt]")];
const explanations = new Map(attempts.map((button) => [button, $(button.getAttribute("aria-describedby")).textContent]));

let setup;
let doors;
let key = "";
let taken = null;
let spoilt = {};

async function start() {
  setup = await server.setup();
  doors = setup.apis.flatMap(({ name, url, paths }) => paths.map((path) => ({ api: name, title: TITLES[name], url, path })));
  $("addresses").replaceChildren(
    ...facts("", setup.apis.map(({ name, url }) => [TITLES[name], url])).children,
  );
  $("doors").replaceChildren(...doors.map(doorChoice));
  showCreateCommand();
}

function doorChoice({ title, path }, at) {
  const choice = element("input", { type: "radio", name: "door", value: String(at), checked: at === 0 });
  return element("label", {}, choice, title, code(`GET ${path}`));
}

function showCreateCommand() {
  $("create-curl").textContent = server.createCommand(setup.apis[0].url, $("customer").value, $("email").value);
}

async function create() {
  key = await server.createKey($("customer").value.trim(), $("email").value.trim());
  taken = takeApart(key);
  spoilt = await server.spoiltKeys(key);
  showKey();
  $("keys").refresh?.();
  $("calls").disabled = false;
  for (const button of attempts) {
    const why = obstacle(button.dataset.attempt, taken, spoilt);
    button.disabled = why !== "";
    $(button.getAttribute("aria-describedby")).textContent = why || explanations.get(button);
  }
}

function showKey() {
  $("key-empty").hidden = true;
  $("key").hidden = false;
  $("copy-key").hidden = false;
  $("key-note").hidden = taken !== null;
  if (taken === null) {
    $("token").textContent = key;
    $("key-note").textContent = "It is no JWT, so there is nothing to take apart.";
    $("parts").replaceChildren();
    return;
  }
  const [header, claims, signature] = taken.parts;
  $("token").replaceChildren(
    element("span", { className: "part-header" }, header),
    ".",
    element("span", { className: "part-claims" }, claims),
    ".",
    element("span", { className: "part-signature" }, signature),
  );
  const found = members(taken, setup.settings, Date.now() / 1000);
  $("parts").replaceChildren(
    element("h3", { className: "part-header" }, "Header"),
    memberList(found.header),
    element("h3", { className: "part-claims" }, "Claims"),
    memberList(found.claims),
  );
  const expiry = found.claims.find(({ name }) => name === "exp");
  announce(`Key created for ${$("customer").value}; it ${expiry?.words ?? "does not tell when it expires"}.`);
}

function memberList(list) {
  const rows = list.map(({ name, value, words, from }) =>
    element(
      "div",
      {},
      element("dt", {}, name),
      element(
        "dd",
        { className: "value" },
        value === undefined ? element("span", { className: "muted" }, "not in this key") : code(text(value)),
        element("span", { className: "words" }, words),
      ),
      element("dd", { className: "from" }, from),
    ),
  );
  return element("dl", { className: "members" }, rows);
}

async function attempt(button) {
  const door = doors[Number(document.querySelector("[name=door]:checked").value)];
  const header = authorization(button.dataset.attempt, key, spoilt);
  const isDirect = button.dataset.attempt === "direct";
  const answer = await (isDirect ? server.callDirectly : server.call)(door, header);
  const sent = spoilt[button.dataset.attempt] && takeApart(spoilt[button.dataset.attempt]);
  const call = {
    ...answer,
    door,
    label: button.dataset.label ?? button.textContent,
    changes: sent ? changes(taken, sent) : [],
    command: server.callCommand(door, header),
  };
  $("decision-empty").hidden = true;
  $("decision-body").hidden = false;
  $("decision-body").replaceChildren(...show(call).filter(Boolean));
  remember(call);
  bringIntoView(button, $("decision"));
}

/** On a narrow screen the decision may lie over the button; on a low one it stands below all of them. */
function bringIntoView(button, decision) {
  decision.scrollTop = 0;
  button.scrollIntoView({ block: "nearest" });
  if (decision.getBoundingClientRect().top > window.innerHeight * 0.9) {
    decision.scrollIntoView();
  }
}

function remember({ decision, door, label, status }) {
  const { word, kind } = verdict(decision);
  const because = reason(decision) ? `, ${reason(decision)}` : "";
  const outcome = `${word} ${status}${because}${decision.cached ? ", cache hit" : ""}`;
  $("history-empty").hidden = true;
  $("history").prepend(
    element(
      "li",
      {},
      element("span", { className: "muted" }, door.title),
      element("span", {}, label),
      element("span", { className: `outcome ${kind}` }, outcome),
    ),
  );
  while ($("history").children.length > MAX_HISTORY) {
    $("history").lastElementChild.remove();
  }
  announce(`${door.title}, ${label}: ${outcome}.`);
}

/** Does something that takes a moment, one thing at a time; when it fails, the element tells why. */
async function busy(action, error) {
  if ($("decision").ariaBusy === "true") {
    return;
  }
  error.hidden = true;
  $("decision").ariaBusy = "true";
  try {
    await action();
  } catch (failure) {
    error.textContent = failure.message;
    error.hidden = false;
  } finally {
    $("decision").ariaBusy = "false";
  }
}

$("create").addEventListener("submit", (event) => {
  event.preventDefault();
  busy(create, $("create-error"));
});
$("create").addEventListener("input", showCreateCommand);
$("copy-key").addEventListener("click", () => copy(key));
for (const button of attempts) {
  button.addEventListener("click", () => busy(() => attempt(button), $("call-error")));
}
$("keys").strings = KEYS_TEXTS;
$("keys").addEventListener("latchkey-loaded", () => ($("keys").hidden = false));
$("keys").addEventListener("latchkey-error", ({ detail }) => ($("keys").hidden &&= detail.status !== 501));
busy(start, $("create-error"));
