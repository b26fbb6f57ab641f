const DATE = new Intl.DateTimeFormat("en-GB", { dateStyle: "long", timeStyle: "short" });
const AWAY = new Intl.RelativeTimeFormat("en");

/** Units with their length in seconds and the number of them from which the next one is used. */
const UNITS = [
  ["second", 1, 90],
  ["minute", 60, 90],
  ["hour", 3600, 36],
  ["day", 86400, 60],
  ["month", 30.44 * 86400, 24],
  ["year", 365.25 * 86400, Infinity],
];

/** A time in seconds since 1970 as a date, such as "24 December 2026 at 17:33", in the browser's time zone. */
export function date(seconds) {
  return DATE.format(new Date(seconds * 1000));
}

/** How far a time is away, such as "in 30 days" or "5 minutes ago"; both are in seconds since 1970. */
export function away(seconds, now) {
  const difference = seconds - now;
  if (Math.abs(difference) < 5) {
    return "just now";
  }
  const [unit, length] = UNITS.find(([, size, limit]) => Math.abs(difference) / size < limit);
  return AWAY.format(Math.round(difference / length), unit);
}

/** What the authorizer's reason codes mean. */
export const REASONS = {
  missing_token: "there is no token",
  malformed_authorization: "the header is neither Bearer and a token, nor a token alone",
  several_tokens: "there is more than one token",
  token_too_large: "the token is longer than 8,192 characters",
  malformed_token: "the token is not three parts of canonical base64url",
  malformed_header: "the header is not a JSON object with an alg and, if any, a usable kid",
  unsupported_header: "the header asks for something that is not understood",
  wrong_type: "the header’s typ is another than JWT",
  unknown_key: "no key has that key id",
  wrong_algorithm: "the header’s alg is not the key’s",
  bad_signature: "the signature is not the key’s",
  malformed_claims: "the signature holds, but the claims are of another form",
  missing_expiry: "there is no exp",
  expired: "it is later than exp",
  expiry_not_in_seconds: "the exp is in milliseconds, not in seconds",
  not_yet_valid: "it is earlier than nbf",
  issued_in_future: "the iat is in the future",
  wrong_issuer: "the iss is not the expected one",
  wrong_audience: "the aud is not the expected one",
  lifetime_too_long: "the iat is missing, or too long before exp",
  wrong_claim: "a required claim is missing or has another value",
  missing_scope: "the key is good but lacks a scope",
  refused_by_check: "the key is good, but the operator’s own check refuses it",
  missing_company: "the key is good but names no company",
  revoked: "the key was ended, or all keys of its customer up to its time were",
  suspended: "the key rests for a while",
  missing_status: "the key names no status list, and one is required",
  invalid_status: "the key names a status list that is not its issuer’s, or a place that is not in it",
  status_unavailable: "our own failure: the key’s status list cannot be had",
  unsafe_path: "the key is good, but the path cannot be put into a policy for that method alone",
  answer_too_large: "the key is good, but the answer with its claims is larger than API Gateway takes",
};
