import { code } from "./dom.js";
import { away, date } from "./words.js";

/** A JWT's parts, its header and its claims, none of it verified; null when the key is no JWT. */
export function takeApart(key) {
  const parts = key.split(".");
  try {
    const [header, claims] = parts.slice(0, 2).map(decode);
    return parts.length === 3 ? { parts, header, claims } : null;
  } catch {
    return null;
  }
}

function decode(part) {
  const binary = atob(part.replaceAll("-", "+").replaceAll("_", "/"));
  const value = JSON.parse(new TextDecoder().decode(Uint8Array.from(binary, (character) => character.charCodeAt(0))));
  if (typeof value !== "object" || value === null) {
    throw new Error("not an object");
  }
  return value;
}

/**
 * The header's and the claims' members in order, those that may be there but are not at the end: each with its name,
 * value (undefined where it is not there), words for a time, and where it comes from.
 */
export function members(taken, settings, now) {
  return {
    header: describe(taken.header, headerOrigins(settings), now),
    claims: describe(taken.claims, claimOrigins(settings), now),
  };
}

function describe(object, origins, now) {
  const absent = Object.keys(origins).filter((name) => origins[name].optional && !(name in object));
  return [...Object.keys(object), ...absent].map((name) => ({
    name,
    value: object[name],
    words: words(name, object[name], now),
    from: origins[name]?.from ?? ["the plugin’s own"],
  }));
}

function words(name, value, now) {
  if (typeof value !== "number") {
    return "";
  }
  if (name === "exp") {
    return `${value > now ? "expires" : "expired"} ${away(value, now)}, on ${date(value)}`;
  }
  return name === "iat" ? `issued ${away(value, now)}, on ${date(value)}` : "";
}

function headerOrigins(settings) {
  return {
    alg: { from: origin(settings, "PLUGIN_JWT_ALGORITHM", "what the key is for") },
    typ: { from: ["always JWT"] },
    kid: { from: origin(settings, "PLUGIN_JWT_KID", "the key ring’s own id"), optional: true },
  };
}

function claimOrigins(settings) {
  const user = settings.PLUGIN_JWT_USER_ID_FIELD ?? "sub";
  const company = settings.PLUGIN_JWT_COMPANY_ID_FIELD ?? "org_id";
  return {
    iss: { from: origin(settings, "PLUGIN_JWT_ISSUER", "keys that have one are refused"), optional: true },
    aud: { from: origin(settings, "PLUGIN_JWT_AUDIENCE", "keys that have one are refused"), optional: true },
    [user]: { from: ["the customer id; ", ...origin(settings, "PLUGIN_JWT_USER_ID_FIELD", "sub")] },
    [company]: { from: ["the customer id; ", ...origin(settings, "PLUGIN_JWT_COMPANY_ID_FIELD", "org_id")] },
    iat: { from: ["the time of issuing"] },
    exp: { from: ["that time and ", ...origin(settings, "PLUGIN_JWT_EXPIRES_IN", "the default")] },
    jti: { from: ["the key’s own id, made at random; keyId in the answer"] },
    status: { from: ["the status list that tells whether it was revoked, and its place there"], optional: true },
  };
}

function origin(settings, name, otherwise) {
  const value = settings[name];
  return value === null || value === undefined ? [code(name), ` is not set: ${otherwise}`] : [code(`${name} = ${value}`)];
}

/** What is different in a key that was sent: pairs of a member's name and the change. */
export function changes(good, sent) {
  const members = ["header", "claims"].flatMap((part) => {
    const names = new Set([...Object.keys(good[part]), ...Object.keys(sent[part])]);
    return [...names]
      .filter((name) => JSON.stringify(good[part][name]) !== JSON.stringify(sent[part][name]))
      .map((name) => [name, `${show(name, good[part][name])} → ${show(name, sent[part][name])}`]);
  });
  return [...members, ["signature", signatureChange(good.parts[2], sent.parts[2])]];
}

function show(name, value) {
  if (value === undefined) {
    return "none";
  }
  return name === "exp" || name === "iat" ? date(value) : text(value);
}

function signatureChange(good, sent) {
  if (good === sent) {
    return "as it was";
  }
  if (sent === "") {
    return "left out";
  }
  const differing = [...good].filter((character, at) => character !== sent[at]).length;
  return good.length === sent.length && differing === 1 ? "one character is another" : "made anew";
}

/** A member's value as a text: a string as it is, anything else as JSON. */
export function text(value) {
  return typeof value === "string" ? value : JSON.stringify(value);
}
