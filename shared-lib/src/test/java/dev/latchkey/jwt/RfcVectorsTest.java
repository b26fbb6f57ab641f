package dev.latchkey.jwt;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.json.JsonValue.JsonBoolean;
import dev.latchkey.keys.KeyId;
import dev.latchkey.keys.KeyRing;
import dev.latchkey.keys.KeySet;
import dev.latchkey.keys.KeySource;
import dev.latchkey.testing.Door;
import dev.latchkey.testing.Parts;
import dev.latchkey.testing.TurnableClock;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.spec.RSAPublicKeySpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The examples of the RFCs")
class RfcVectorsTest {

    private static final Instant EXPIRY = Instant.ofEpochSecond(1300819380);
    private static final String PAYLOAD =
            "eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ";
    private static final String N = "ofgWCuLjybRlzo0tZWJjNiuSfb4p4fAkd_wWJcyQoTbji9k0l8W26mPddx"
            + "HmfHQp-Vaw-4qPCJrcS2mJPMEzP1Pt0Bm4d4QlL-yRT-SFd2lZS-pCgNMs"
            + "D1W_YpRPEwOWvG6b32690r2jZ47soMZo9wGzjb_7OMg0LOL-bSf63kpaSH"
            + "SXndS5z5rexMdbBYUsLA9e-KXBdQOS-UTo7WTBEMa2R2CapHg665xsmtdV"
            + "MTBQY4uDZlxvb3qCo5ZwKh9kG4LT6_I5IhlJH7aGhyxXFvUK-DWNmoudF8"
            + "NAco9_h9iaGNj8q2ethFkMLs91kzk2PAcDTW9gb54h4FRWyuXpoQ";
    private static final String THUMBPRINT_N = "0vx7agoebGcQSuuPiLJXZptN9nndrQmbXEps2aiAFbWhM78LhWx4"
            + "cbbfAAtVT86zwu1RK7aPFFxuhDR1L6tSoc_BJECPebWKRXjBZCiF"
            + "V4n3oknjhMstn64tZ_2W-5JsGY4Hc5n9yBXArwl93lqt7_RN5w6C"
            + "f0h4QyQ5v-65YGjQR0_FDW2QvzqY368QQMicAtaSqzs8KJZgnYb9"
            + "c7d0zgdAZHzu6qMQvRL5hajrn1n91CbOpbISD08qNLyrdkt-bFTW"
            + "hAI4vMQFh6WeZu0fM4lFd2NcRwr3XPksINHaQ-G_xBniIqbw0Ls1"
            + "jF44-csFCur-kEgU8awapJzKnqDKgw";

    @Test
    @DisplayName("RFC 7515 appendix A.1: the HS256 example is verified before its expiry, not at it, nor when changed")
    void hs256() {
        verifies(
                "{\"kty\":\"oct\",\"k\":\"AyM1SysPpbyDfgZld3umj1qzKObwVMkoqQ-EstJQLr_T-1qS0gZH75aKtMN3Yj0iPS4hcgUuTwjA"
                        + "zZr1Z9CAow\"}",
                "eyJ0eXAiOiJKV1QiLA0KICJhbGciOiJIUzI1NiJ9." + PAYLOAD + ".dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk");
    }

    @Test
    @DisplayName("RFC 7515 appendix A.2: the RS256 example is verified before its expiry, not at it, nor when changed")
    void rs256() {
        verifies(
                "{\"kty\":\"RSA\",\"n\":\"" + N + "\",\"e\":\"AQAB\"}",
                "eyJhbGciOiJSUzI1NiJ9." + PAYLOAD
                        + ".cC4hiUPoj9Eetdgtv3hF80EGrhuB__dzERat0XF9g2VtQgr9PJbu3XOiZj5RZmh7"
                        + "AAuHIm4Bh-0Qc_lF5YKt_O8W2Fp5jujGbds9uJdbF9CUAr7t1dnZcAcQjbKBYNX4"
                        + "BAynRFdiuB--f_nZLgrnbyTyWzO75vRK5h6xBArLIARNPvkSjtQBMHlb1L07Qe7K"
                        + "0GarZRmB_eSN9383LcOLn6_dO--xi12jzDwusC-eOkHWEsqtFZESc6BfI7noOPqv"
                        + "hJ1phCnvWh6IeYI2w9QOYEUipUTI8np6LbgGY9Fs98rqVt5AXLIhWkWywlVmtVrB"
                        + "p0igcN_IoypGlUPQGe77Rw");
    }

    @Test
    @DisplayName("RFC 7515 appendix A.3: the ES256 example is verified before its expiry, not at it, nor when changed")
    void es256() {
        verifies(
                "{\"kty\":\"EC\",\"crv\":\"P-256\",\"x\":\"f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU\","
                        + "\"y\":\"x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0\"}",
                "eyJhbGciOiJFUzI1NiJ9." + PAYLOAD
                        + ".DtEhU3ljbEg8L38VWAfUAqOyKAM6-Xx-F4GawxaepmXFCgfTjDxw5djxLa8ISlSApmWQxfKTUJqPP3-Kg6NU1Q");
    }

    @Test
    @DisplayName("RFC 7638 section 3.1: the thumbprint of the example key is the example's")
    void thumbprint() throws GeneralSecurityException {
        PublicKey key = KeyFactory.getInstance("RSA")
                .generatePublic(new RSAPublicKeySpec(
                        new BigInteger(1, Base64.getUrlDecoder().decode(THUMBPRINT_N)), BigInteger.valueOf(65537)));

        assertThat(KeyId.thumbprint(key)).contains("NzbLsXh8uDCcd-6MNwXF4W_7noWXFZAfHkxZsRGC9Xs");
    }

    private static void verifies(String jwk, String token) {
        TurnableClock clock = new TurnableClock(EXPIRY.minusSeconds(1));
        VerificationRules rules = new VerificationRules(
                new Expected.OneOf(List.of("joe")), new Expected.Absent(), Duration.ZERO, ClaimNames.DEFAULT);
        KeySet keys = KeyRing.read(jwk).keySet(List.of(), null);
        Door door = new Door(new TokenVerifier(KeySource.fixed(keys), rules, clock), clock);

        VerifiedToken verified = door.accepts(token);
        assertThat(verified.claims().string("iss")).contains("joe");
        assertThat(verified.claims().get("http://example.com/is_root")).contains(new JsonBoolean(true));
        assertThat(verified.expiresAt()).isEqualTo(EXPIRY);
        door.refuses(
                Parts.of(token).withPayload(Parts.of(token).payloadText().replace("joe", "eve")), Reason.BAD_SIGNATURE);
        clock.turn(Duration.ofSeconds(1));
        door.refuses(token, Reason.EXPIRED);
    }
}
