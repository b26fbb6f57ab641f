package dev.latchkey.publish;

import dev.latchkey.json.JsonObjectBuilder;
import dev.latchkey.json.JsonValue.JsonObject;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.regex.Pattern;
import java.util.zip.GZIPOutputStream;

/** An answer to anybody: headers for caches and for other origins' pages, compressed where that is accepted. */
final class PublicAnswer {

    /** gzip among the codings, and not with a weight of zero (RFC 9110 section 12.5.3). */
    private static final Pattern GZIP = Pattern.compile("(^|,)\\s*gzip\\s*(,|$|;\\s*q=(?!0(\\.0*)?\\s*(,|$)))");

    private final int status;
    private final JsonObjectBuilder headers = new JsonObjectBuilder();
    private final String body;

    private PublicAnswer(int status, String type, String caching, String body) {
        this.status = status;
        this.body = body;
        headers.put("cache-control", caching)
                .put("access-control-allow-origin", "*")
                .put("access-control-expose-headers", "ETag")
                .put("x-content-type-options", "nosniff")
                .put("vary", "accept-encoding");
        if (!body.isEmpty()) {
            headers.put("content-type", type);
        }
    }

    static PublicAnswer document(String type, String caching, String etag, String body) {
        return new PublicAnswer(200, type, caching, body).with("etag", etag);
    }

    static PublicAnswer notModified(String caching, String etag) {
        return new PublicAnswer(304, "", caching, "").with("etag", etag);
    }

    /** The answer to a page of another origin that asks whether it may ask. */
    static PublicAnswer preflight(String methods) {
        return new PublicAnswer(204, "", "public, max-age=86400", "")
                .with("access-control-allow-methods", methods)
                .with("access-control-allow-headers", "If-None-Match");
    }

    static PublicAnswer problem(int status, String message) {
        JsonObject body = new JsonObjectBuilder().put("message", message).build();
        return new PublicAnswer(status, "application/json", "no-store", body.toString());
    }

    PublicAnswer with(String header, String value) {
        headers.put(header, value);
        return this;
    }

    /** The proxy response to a request, whose body a HEAD request does not get. */
    JsonObject to(PublicRequest request) {
        boolean isCompressed = body.length() > 200
                && GZIP.matcher(request.header("accept-encoding")).find();
        if (isCompressed) {
            headers.put("content-encoding", "gzip");
        }
        boolean hasBody = !request.method().equals("HEAD") && !body.isEmpty();
        return new JsonObjectBuilder()
                .put("statusCode", status)
                .put("headers", headers.build())
                .put("body", !hasBody ? "" : isCompressed ? compressed() : body)
                .put("isBase64Encoded", hasBody && isCompressed)
                .build();
    }

    private String compressed() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
            gzip.write(body.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Base64.getEncoder().encodeToString(bytes.toByteArray());
    }
}
