package dev.latchkey.authorizer;

import dev.latchkey.json.JsonLimits;
import dev.latchkey.json.JsonReader;
import dev.latchkey.json.JsonSyntaxException;
import dev.latchkey.jwt.Reason;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** A place where a request may carry its token: an entry of the setting {@code JWT_TOKEN_SOURCE}. */
sealed interface TokenSource {

    /**
     * A header.
     *
     * @param name its name in lower case
     * @param prefix the scheme that must stand before the token; empty means that {@code Bearer} may
     */
    record Header(String name, String prefix) implements TokenSource {}

    /** A parameter of the query string, which holds the token alone. */
    record Query(String name) implements TokenSource {}

    /** A cookie, which holds the token alone. */
    record Cookie(String name) implements TokenSource {}

    /** The only entry of a WebSocket's {@code Sec-WebSocket-Protocol} header that is a JWT by its form. */
    record WebSocketProtocol() implements TokenSource {

        private static final Pattern THREE_PARTS =
                Pattern.compile("[A-Za-z0-9_-]{2,8192}\\.[A-Za-z0-9_-]{2,8192}\\.[A-Za-z0-9_-]{0,8192}");
        private static final JsonLimits HEADER = new JsonLimits(4096, 4);

        /** Three parts, the first a JSON object in base64url (RFC 7515 section 7.1): no sub-protocol has a name like that. */
        private static boolean isJwt(String protocol) {
            if (!THREE_PARTS.matcher(protocol).matches()) {
                return false;
            }
            try {
                byte[] header = Base64.getUrlDecoder().decode(protocol.substring(0, protocol.indexOf('.')));
                return !JsonReader.readObject(header, HEADER).members().isEmpty();
            } catch (IllegalArgumentException | JsonSyntaxException e) {
                return false;
            }
        }
    }

    /**
     * Reads an entry: {@code header NAME [SCHEME]}, {@code query NAME}, {@code cookie NAME} or
     * {@code websocket-protocol}; empty where it is none of these.
     */
    static Optional<TokenSource> parse(String entry) {
        String[] words = entry.strip().split(" +", -1);
        String kind = words[0].toLowerCase(Locale.ROOT);
        if (kind.equals("header") && (words.length == 2 || words.length == 3)) {
            return Optional.of(new Header(words[1].toLowerCase(Locale.ROOT), words.length == 3 ? words[2] : ""));
        }
        if (kind.equals("query") && words.length == 2) {
            return Optional.of(new Query(words[1]));
        }
        if (kind.equals("cookie") && words.length == 2) {
            return Optional.of(new Cookie(words[1]));
        }
        return kind.equals("websocket-protocol") && words.length == 1
                ? Optional.of(new WebSocketProtocol())
                : Optional.empty();
    }

    /** What stands at this place of a request: nothing, tokens, or things that are no tokens. */
    default List<PresentedToken> find(RequestParts request) {
        if (this instanceof Header header) {
            return request.header(header.name()).stream()
                    .map(value -> PresentedToken.ofHeader(value, header.prefix()))
                    .toList();
        }
        if (this instanceof Query query) {
            return plain(request.query(query.name()));
        }
        if (this instanceof Cookie cookie) {
            return plain(request.cookie(cookie.name()));
        }
        List<String> protocols = new ArrayList<>();
        for (String value : request.header("sec-websocket-protocol")) {
            for (String protocol : value.split(",", -1)) {
                if (WebSocketProtocol.isJwt(protocol.strip())) {
                    protocols.add(protocol.strip());
                }
            }
        }
        return plain(protocols);
    }

    private static List<PresentedToken> plain(List<String> values) {
        return values.stream()
                .<PresentedToken>map(value -> value.isEmpty()
                        ? new PresentedToken.Unusable(Reason.MISSING_TOKEN)
                        : new PresentedToken.Token(value))
                .toList();
    }

    /** The one token of a request, or why there is none: different tokens are refused, wherever they stand. */
    static PresentedToken only(List<TokenSource> sources, RequestParts request) {
        Set<PresentedToken> found = new LinkedHashSet<>();
        sources.forEach(source -> found.addAll(source.find(request)));
        if (found.size() == 1) {
            return found.iterator().next();
        }
        return new PresentedToken.Unusable(found.isEmpty() ? Reason.MISSING_TOKEN : Reason.SEVERAL_TOKENS);
    }
}
