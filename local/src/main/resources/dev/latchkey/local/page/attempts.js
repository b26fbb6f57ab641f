/**
 * What an attempt sends as the Authorization header: null for none at all, undefined when this tool cannot make it.
 *
 * @param id the attempt's name in the page
 * @param key the good key
 * @param spoilt broken keys by name
 */
export function authorization(id, key, spoilt) {
  switch (id) {
    case "good":
    case "direct":
      return `Bearer ${key}`;
    case "bare":
      return key;
    case "basic":
      return `Basic ${key}`;
    case "no-key":
      return null;
    default:
      return spoilt[id] && `Bearer ${spoilt[id]}`;
  }
}

/** Why an attempt cannot be made with such a key; empty when it can. */
export function obstacle(id, taken, spoilt) {
  if (id === "forged-hs256" && String(taken?.header.alg).startsWith("HS")) {
    return "Needs a public key, which HMAC does not have: start with --algorithm RS256.";
  }
  if (authorization(id, "", spoilt) === undefined) {
    return taken
      ? "Not here: this tool does not know the key that it takes."
      : "Not here: the key is no JWT.";
  }
  return "";
}
