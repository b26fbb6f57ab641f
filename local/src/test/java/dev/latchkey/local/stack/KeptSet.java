package dev.latchkey.local.stack;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jwt.SignedJWT;
import java.io.IOException;
import java.net.URI;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;

/** Somebody who checks keys with the published set alone, and keeps it for some time whatever comes. */
final class KeptSet {

    private final URI address;
    private final Duration keptFor;
    private JWKSet set = new JWKSet();
    private Instant expiresAt;

    /** One that fetches the set for the first time at that time. */
    KeptSet(URI address, Duration keptFor, Instant firstAt) {
        this.address = address;
        this.keptFor = keptFor;
        this.expiresAt = firstAt;
    }

    /** Fetches the set where its time is over; one that cannot be had is asked for again. */
    void refresh() throws InterruptedException {
        while (!Instant.now().isBefore(expiresAt)) {
            Instant start = Instant.now();
            try {
                set = JWKSet.load(address.toURL(), 5000, 5000, 100_000);
                expiresAt = start.plus(keptFor);
            } catch (IOException | ParseException e) {
                Thread.sleep(50);
            }
        }
    }

    /** Whether it has a set by now. */
    boolean isReady() {
        return set.size() > 0;
    }

    /** Whether the set at hand tells that a key is signed by its issuer. */
    boolean verifies(String key) {
        try {
            SignedJWT token = SignedJWT.parse(key);
            JWK jwk = set.getKeyByKeyId(token.getHeader().getKeyID());
            return jwk != null && token.verify(new RSASSAVerifier(jwk.toRSAKey()));
        } catch (ParseException | JOSEException e) {
            throw new IllegalStateException(e);
        }
    }
}
