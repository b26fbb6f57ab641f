package dev.latchkey.local.machine;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Checks the signatures of requests as AWS's services do, by the credentials of {@link LocalAccount}: the request must be signed
 * for this service and region, at most 5 minutes ago, with its host and all headers of AWS's. The words are AWS's.
 */
public final class SignatureCheck {

    private static final Duration TOO_OLD = Duration.ofMinutes(5);
    private static final Duration TOO_NEW = Duration.ofMinutes(5);
    private static final int ELEMENTS = 5;
    private static final String DATE = "X-Amz-Date";
    private static final String MISMATCH =
            "The request signature we calculated does not match the signature you provided."
                    + " Check your AWS Secret Access Key and signing method. Consult the service documentation for details.";

    private final String service;
    private final Clock clock;

    /** A check for a service by its name in signatures, such as {@code lambda} or {@code execute-api}. */
    public SignatureCheck(String service, Clock clock) {
        this.service = service;
        this.clock = clock;
    }

    /**
     * Why a request is refused, with 403.
     *
     * @param type the kind of error, as {@code x-amzn-ErrorType} has it
     */
    public record Refusal(String type, String message) {

        private static Refusal incomplete(String message) {
            return new Refusal("IncompleteSignatureException", message);
        }

        private static Refusal invalid(String message) {
            return new Refusal("InvalidSignatureException", message);
        }
    }

    /** What the request's signature lacks; empty where it is good. */
    public Optional<Refusal> refusal(SignatureV4.Request request) {
        String header = request.header("Authorization");
        if (header.isBlank()) {
            return Optional.of(new Refusal("MissingAuthenticationTokenException", "Missing Authentication Token"));
        }
        Map<String, String> parts = parts(header);
        String date = request.header(DATE);
        StringBuilder lacking = new StringBuilder();
        for (String part : List.of("Credential", "Signature", "SignedHeaders")) {
            if (parts.getOrDefault(part, "").isEmpty()) {
                lacking.append("Authorization header requires '").append(part).append("' parameter. ");
            }
        }
        if (date.isEmpty()) {
            lacking.append("Authorization header requires existence of either a 'X-Amz-Date' or a 'Date' header. ");
        }
        if (!lacking.isEmpty()) {
            String scheme = header.split(" ", 2)[0];
            return Optional.of(Refusal.incomplete(lacking + "Authorization=" + scheme));
        }
        return refusal(request, parts, date);
    }

    private static Map<String, String> parts(String header) {
        Map<String, String> parts = new LinkedHashMap<>();
        if (header.startsWith(SignatureV4.ALGORITHM + " ")) {
            for (String part : header.substring(SignatureV4.ALGORITHM.length()).split(",", -1)) {
                String[] pair = part.strip().split("=", 2);
                parts.put(pair[0], pair.length == 2 ? pair[1] : "");
            }
        }
        return parts;
    }

    private Optional<Refusal> refusal(SignatureV4.Request request, Map<String, String> parts, String date) {
        String credential = parts.getOrDefault("Credential", "");
        String[] elements = credential.split("/", -1);
        if (elements.length != ELEMENTS) {
            return Optional.of(Refusal.incomplete("Credential must have exactly 5 slash-delimited elements,"
                    + " e.g. keyid/date/region/service/term, got '" + credential + "'"));
        }
        if (!elements[0].equals(LocalAccount.ACCESS_KEY)) {
            return Optional.of(new Refusal(
                    "UnrecognizedClientException", "The security token included in the request is invalid."));
        }
        Optional<Refusal> outOfScope = scope(elements, date).or(() -> time(date));
        if (outOfScope.isPresent()) {
            return outOfScope;
        }
        List<String> signed =
                Arrays.asList(parts.getOrDefault("SignedHeaders", "").split(";", -1));
        return unsigned(request, signed).or(() -> {
            String scope = credential.substring(credential.indexOf('/') + 1);
            String canonical = SignatureV4.canonical(request, signed);
            String toSign = SignatureV4.toSign(date, scope, canonical);
            return matches(SignatureV4.signature(LocalAccount.SECRET_KEY, scope, toSign), parts)
                    ? Optional.empty()
                    : Optional.of(
                            Refusal.invalid(MISMATCH + "\n\nThe Canonical String for this request should have been\n'"
                                    + canonical + "'\n\nThe String-to-Sign should have been\n'" + toSign + "'\n"));
        });
    }

    private static boolean matches(String expected, Map<String, String> parts) {
        return MessageDigest.isEqual(
                expected.getBytes(StandardCharsets.US_ASCII),
                parts.getOrDefault("Signature", "").getBytes(StandardCharsets.UTF_8));
    }

    private Optional<Refusal> scope(String[] elements, String date) {
        if (!elements[2].equals(LocalAccount.REGION)) {
            return Optional.of(Refusal.invalid("Credential should be scoped to a valid region. "));
        }
        if (!elements[3].equals(service)) {
            return Optional.of(Refusal.invalid("Credential should be scoped to correct service: '" + service + "'. "));
        }
        if (!elements[4].equals("aws4_request")) {
            return Optional.of(
                    Refusal.invalid("Credential should be scoped with a valid terminator: 'aws4_request', not '"
                            + elements[4] + "'. "));
        }
        if (!date.startsWith(elements[1] + "T")) {
            return Optional.of(Refusal.invalid(
                    "Date in Credential scope does not match YYYYMMDD from ISO-8601 version of" + " date from HTTP: '"
                            + elements[1] + "' != '" + date.split("T", 2)[0] + "', from '" + date + "'."));
        }
        return Optional.empty();
    }

    private Optional<Refusal> time(String date) {
        Instant signed;
        try {
            signed = SignatureV4.TIME.parse(date, Instant::from);
        } catch (DateTimeException e) {
            return Optional.of(Refusal.incomplete("Date must be in ISO-8601 'basic format'. Got '" + date
                    + "'. See http://en.wikipedia.org/wiki/ISO_8601"));
        }
        Instant now = clock.instant();
        if (signed.isBefore(now.minus(TOO_OLD))) {
            return Optional.of(Refusal.invalid(
                    "Signature expired: " + date + " is now earlier than " + SignatureV4.TIME.format(now.minus(TOO_OLD))
                            + " (" + SignatureV4.TIME.format(now) + " - 5 min.)"));
        }
        if (signed.isAfter(now.plus(TOO_NEW))) {
            return Optional.of(Refusal.invalid("Signature not yet current: " + date + " is still later than "
                    + SignatureV4.TIME.format(now.plus(TOO_NEW)) + " (" + SignatureV4.TIME.format(now) + " + 5 min.)"));
        }
        return Optional.empty();
    }

    /** The host and every header of AWS's must be signed. */
    private static Optional<Refusal> unsigned(SignatureV4.Request request, List<String> signed) {
        StringBuilder lacking = new StringBuilder();
        if (!signed.contains("host")) {
            lacking.append("'Host' or ':authority' must be a 'SignedHeader' in the AWS Authorization. ");
        }
        request.headers().keySet().stream()
                .map(name -> name.toLowerCase(Locale.ROOT))
                .filter(name -> name.startsWith("x-amz-") && !signed.contains(name))
                .forEach(name -> lacking.append("'")
                        .append(name)
                        .append("' must be a 'SignedHeader' in the AWS Authorization. "));
        return lacking.isEmpty()
                ? Optional.empty()
                : Optional.of(Refusal.invalid(lacking.toString().strip()));
    }
}
