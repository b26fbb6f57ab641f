package dev.latchkey.local.template;

import java.util.List;
import java.util.Optional;

/**
 * Which pages may call an HTTP API (API Gateway, Configure CORS for HTTP APIs), never with credentials.
 *
 * @param origins exact origins, or {@code *} alone
 * @param methods what they may call with
 * @param headers request headers that they may send
 * @param exposed response headers that they may read
 * @param maxAge for how many seconds a browser may keep the answer to a pre-flight
 */
public record Cors(List<String> origins, List<String> methods, List<String> headers, List<String> exposed, int maxAge) {

    /** Copies the lists. */
    public Cors {
        origins = List.copyOf(origins);
        methods = List.copyOf(methods);
        headers = List.copyOf(headers);
        exposed = List.copyOf(exposed);
    }

    /** What {@code Access-Control-Allow-Origin} says to a page of that origin; empty where it may not call. */
    public Optional<String> allowed(String origin) {
        return origins.contains(OriginHeaders.ANY)
                ? Optional.of(OriginHeaders.ANY)
                : Optional.of(origin).filter(origins::contains);
    }

    /** AWS SAM, HttpApiCorsConfiguration; empty where there is none. */
    static Optional<Cors> read(Section section) {
        if (!section.isPresent()) {
            return Optional.empty();
        }
        section.refuse("is not supported locally: keys come in a header, not in cookies", "AllowCredentials");
        List<String> origins = texts(section.get("AllowOrigins"));
        if (origins.isEmpty() || origins.stream().anyMatch(origin -> origin.length() > 1 && origin.contains("*"))) {
            throw section.get("AllowOrigins")
                    .error("must be exact origins, or * alone; others are not supported locally");
        }
        return Optional.of(new Cors(
                origins,
                texts(section.get("AllowMethods")),
                texts(section.get("AllowHeaders")),
                texts(section.get("ExposeHeaders")),
                section.get("MaxAge").integer(0, -1, 86_400)));
    }

    private static List<String> texts(Section list) {
        return list.items().stream().map(Section::text).toList();
    }
}
