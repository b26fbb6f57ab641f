package dev.latchkey.benchmarks.functions;

import dev.latchkey.benchmarks.Fixtures;
import dev.latchkey.jwt.ClaimNames;
import dev.latchkey.jwt.KeyClaims;
import dev.latchkey.jwt.StatusReference;
import dev.latchkey.jwt.TokenSigner;
import dev.latchkey.keys.Algorithm;
import dev.latchkey.keys.KeyRing;
import dev.latchkey.keys.KeySource;
import dev.latchkey.keys.SigningKey;
import dev.latchkey.status.Cutoffs;
import dev.latchkey.status.Status;
import dev.latchkey.status.StatusBits;
import dev.latchkey.status.StatusListBase;
import dev.latchkey.status.StatusListToken;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** A good key whose status stands in a list, in which every hundredth key is revoked, and a server of that list. */
public final class KeyWithStatus implements AutoCloseable {

    private static final int PLACES = 1 << 17;
    private static final int REVOKED = PLACES / 100;

    private final KeyServer server;
    private final Map<String, String> settings;
    private final byte[] event;

    private KeyWithStatus(KeyServer server, Map<String, String> settings, byte[] event) {
        this.server = server;
        this.settings = settings;
        this.event = event;
    }

    /** Signs the key and starts the server, which signs the list anew for each request. */
    public static KeyWithStatus create(Fixtures fixtures) throws IOException {
        SigningKey key = KeyRing.read(fixtures.privateKey("RS256")).signingKey(Algorithm.RS256, Fixtures.KEY_ID);
        StatusBits.Builder statuses = new StatusBits.Builder(2, PLACES);
        for (int i = 0; i < REVOKED; i++) {
            statuses.put(i * (PLACES / REVOKED), Status.REVOKED.value());
        }
        KeyServer server = KeyServer.answering(base ->
                StatusListToken.sign(key, new StatusListBase(base), 1, statuses, Cutoffs.none(), Instant.now()));
        StatusListBase base = new StatusListBase(server.base());
        TokenSigner signer = new TokenSigner(KeySource.fixed(key), new ClaimNames("sub", "org_id"), null, List.of());
        Instant now = Instant.ofEpochSecond(Instant.now().getEpochSecond());
        byte[] event = Fixtures.event(signer.sign(new KeyClaims(
                "cus_1",
                "11111111-2222-4333-8444-555555555555",
                now,
                now.plusSeconds(86_400),
                List.of(),
                null,
                new StatusReference(1, base.uri(1)))));
        Map<String, String> settings =
                Map.of("JWT_VERIFY_KEY", fixtures.verifyKey("RS256"), "PLUGIN_JWT_STATUS_LIST_BASE", base.address());
        return new KeyWithStatus(server, settings, event);
    }

    /** What the authorizer is told: the public key, and where lists are. */
    public Map<String, String> settings() {
        return settings;
    }

    /** An event with the key in it. */
    public byte[] event() {
        return event.clone();
    }

    @Override
    public void close() {
        server.close();
    }
}
