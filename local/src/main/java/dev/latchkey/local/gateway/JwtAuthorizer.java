package dev.latchkey.local.gateway;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.jwk.source.JWKSourceBuilder;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jose.util.DefaultResourceRetriever;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import dev.latchkey.local.machine.JsonTree;
import dev.latchkey.local.template.AuthorizerDefinition;
import java.io.IOException;
import java.net.URI;
import java.text.ParseException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * API Gateway's own check of tokens in an HTTP API (API Gateway, Control access to HTTP APIs with JWT authorizers): the
 * issuer's keys by its discovery document, RSA algorithms alone, the issuer, the audience or, where there is none, the
 * client, and the times. The signature is checked by Nimbus JOSE + JWT and not by what the functions check with, so that it is
 * another verifier that finds our keys good.
 */
final class JwtAuthorizer implements Authorizer {

    private static final String SCHEME = "bearer ";
    private static final int MILLISECONDS = 1500;
    private static final int MAX_BYTES = 150_000;
    private static final long TWO_HOURS = 2 * 60 * 60 * 1000L;
    private static final Set<JWSAlgorithm> ALGORITHMS =
            Set.of(JWSAlgorithm.RS256, JWSAlgorithm.RS384, JWSAlgorithm.RS512);

    private final AuthorizerDefinition.Jwt authorizer;
    private final Clock clock;
    private @Nullable JWKSource<SecurityContext> keys;

    JwtAuthorizer(AuthorizerDefinition.Jwt authorizer, Clock clock) {
        this.authorizer = authorizer;
        this.clock = clock;
    }

    @Override
    public Verdict authorize(ApiRequest request, RouteTable.Match match) {
        Optional<String> header = request.header(authorizer.header()).filter(value -> !value.isBlank());
        if (header.isEmpty()) {
            return new Verdict.Unauthenticated("", "no identity");
        }
        String text = header.get();
        String token = text.regionMatches(true, 0, SCHEME, 0, SCHEME.length())
                ? text.substring(SCHEME.length()).strip()
                : text;
        try {
            SignedJWT jwt = SignedJWT.parse(token);
            if (jwt.getHeader().getKeyID() == null) {
                return new Verdict.Challenged("the token has no key id");
            }
            DefaultJWTProcessor<SecurityContext> processor = new DefaultJWTProcessor<>();
            processor.setJWSKeySelector(new JWSVerificationKeySelector<>(ALGORITHMS, keys()));
            processor.setJWTClaimsSetVerifier((claims, context) -> {});
            JWTClaimsSet claims = processor.process(jwt, null);
            return problem(claims).<Verdict>map(Verdict.Challenged::new).orElseGet(() -> allowed(claims));
        } catch (ParseException e) {
            return new Verdict.Challenged("the token is malformed");
        } catch (KeySourceException e) {
            return new Verdict.Challenged("JWKS communication error");
        } catch (BadJOSEException | JOSEException e) {
            return new Verdict.Challenged("the signature is invalid, or its key not one of the issuer's");
        } catch (IOException e) {
            return new Verdict.Challenged("OIDC discovery endpoint communication error");
        }
    }

    private Optional<String> problem(JWTClaimsSet claims) {
        Instant now = clock.instant();
        List<String> audience = claims.getAudience();
        if (audience.isEmpty() && claims.getClaim("client_id") instanceof String client) {
            audience = List.of(client);
        }
        if (!authorizer.issuer().equals(claims.getIssuer())) {
            return Optional.of("the token's issuer is another");
        }
        if (audience.stream().noneMatch(authorizer.audience()::contains)) {
            return Optional.of("the token does not have a valid audience");
        }
        Optional<Instant> expiry = instant(claims.getExpirationTime());
        if (expiry.isEmpty() || !expiry.get().isAfter(now)) {
            return Optional.of("the token has expired");
        }
        boolean isAhead = Stream.of(claims.getNotBeforeTime(), claims.getIssueTime())
                .flatMap(time -> instant(time).stream())
                .anyMatch(now::isBefore);
        return isAhead ? Optional.of("the token is not valid yet") : Optional.empty();
    }

    private static Optional<Instant> instant(@Nullable Date time) {
        return Optional.ofNullable(time).map(Date::toInstant);
    }

    /** All claims as text: lists in brackets, with spaces between. */
    private static Verdict allowed(JWTClaimsSet claims) {
        ObjectNode all = JsonTree.object();
        JsonTree.parse(claims.toString())
                .orElseThrow()
                .properties()
                .forEach(entry -> all.put(entry.getKey(), text(entry.getValue())));
        String principal = Objects.requireNonNullElse(claims.getSubject(), "");
        return new Verdict.Allowed("", AuthorizerOutput.ofToken(principal, all), false);
    }

    private static String text(JsonNode value) {
        if (!value.isArray()) {
            return value.isValueNode() ? value.asText() : value.toString();
        }
        List<String> items = new ArrayList<>();
        value.forEach(item -> items.add(item.asText()));
        return "[" + String.join(" ", items) + "]";
    }

    /** The keys of the issuer's set, kept for two hours; a key id that is not among them has it fetched again. */
    private synchronized JWKSource<SecurityContext> keys() throws IOException {
        JWKSource<SecurityContext> known = keys;
        if (known == null) {
            DefaultResourceRetriever retriever = new DefaultResourceRetriever(MILLISECONDS, MILLISECONDS, MAX_BYTES);
            URI discovery = URI.create(authorizer.issuer() + "/.well-known/openid-configuration");
            JsonNode document = JsonTree.parse(
                            retriever.retrieveResource(discovery.toURL()).getContent())
                    .orElseGet(JsonTree::object);
            if (!document.path("issuer").asText().equals(authorizer.issuer())) {
                throw new IOException("the discovery document is another issuer's");
            }
            known = JWKSourceBuilder.<SecurityContext>create(
                            URI.create(document.path("jwks_uri").asText()).toURL(), retriever)
                    .cache(TWO_HOURS, MILLISECONDS)
                    .rateLimited(false)
                    .build();
            keys = known;
        }
        return known;
    }

    @Override
    public void forget() {
        // It keeps keys and no decisions.
    }
}
