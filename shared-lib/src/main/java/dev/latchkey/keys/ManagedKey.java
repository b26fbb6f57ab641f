package dev.latchkey.keys;

import java.security.PublicKey;

/** A key pair whose private half stays with the service that keeps it. Thread-safe. */
public interface ManagedKey {

    /** Its public half. */
    PublicKey publicKey();

    /**
     * A signature of the private half: of ECDSA in DER (RFC 3279 section 2.2.3), as services give it.
     *
     * @throws KeysUnavailableException if the service does not sign; the message tells the remedy
     */
    byte[] sign(Algorithm algorithm, byte[] message);
}
