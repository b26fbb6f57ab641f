package dev.latchkey.keys;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.jwt.Reason;
import dev.latchkey.testing.Door;
import dev.latchkey.testing.LeakGuard;
import dev.latchkey.testing.Parts;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.EdECPoint;
import java.security.spec.EdECPublicKeySpec;
import java.security.spec.NamedParameterSpec;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The payloads of these examples are prose: a signature that holds shows by claims that are refused. */
@DisplayName("The signatures of the RFCs' examples hold, and not when changed:")
class RfcSignaturesTest {

    private static final String BILBO = "eyJhbGciOiJ%sIsImtpZCI6ImJpbGJvLmJhZ2dpbnNAaG9iYml0b24uZXhhbXBsZSJ9.";
    private static final String PAYLOAD = "SXTigJlzIGEgZGFuZ2Vyb3VzIGJ1c2luZXNzLCBGcm9kbywgZ29pbmcgb3V0IH"
            + "lvdXIgZG9vci4gWW91IHN0ZXAgb250byB0aGUgcm9hZCwgYW5kIGlmIHlvdSBk"
            + "b24ndCBrZWVwIHlvdXIgZmVldCwgdGhlcmXigJlzIG5vIGtub3dpbmcgd2hlcm"
            + "UgeW91IG1pZ2h0IGJlIHN3ZXB0IG9mZiB0by4.";
    private static final String RSA = "{\"kty\":\"RSA\",\"kid\":\"bilbo.baggins@hobbiton.example\",\"use\":\"sig\","
            + "\"e\":\"AQAB\",\"n\":\"n4EPtAOCc9AlkeQHPzHStgAbgs7bTZLwUBZdR8_KuKPEHLd4rHVTeT"
            + "-O-XV2jRojdNhxJWTDvNd7nqQ0VEiZQHz_AJmSCpMaJMRBSFKrKb2wqVwGU_Ns"
            + "YOYL-QtiWN2lbzcEe6XC0dApr5ydQLrHqkHHig3RBordaZ6Aj-oBHqFEHYpPe7"
            + "Tpe-OfVfHd1E6cS6M1FZcD1NNLYD5lFHpPI9bTwJlsde3uhGqC0ZCuEHg8lhzw"
            + "OHrtIQbS0FVbb9k3-tVTU4fg_3L_vniUFAKwuCLqKnS2BYwdq_mzSnbLY7h_qi"
            + "xoR7jig3__kRhuaxwUkRz5iaiQkqgc5gHdrNP5zw\"}";
    private static final String EC = "{\"kty\":\"EC\",\"kid\":\"bilbo.baggins@hobbiton.example\",\"use\":\"sig\","
            + "\"crv\":\"P-521\",\"x\":\"AHKZLLOsCOzz5cY97ewNUajB957y-C-U88c3v13nmGZx6sYl_oJXu9"
            + "A5RkTKqjqvjyekWF-7ytDyRXYgCF5cj0Kt\",\"y\":\"AdymlHvOiLxXkEhayXQnNCvDX4h9htZaCJN34kfmC6"
            + "pV5OhQHiraVySsUdaQkAgDPrwQrJmbnX9cwlGfP-HqHZR1\"}";
    private static final String X = "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo";
    private static final String ED = "{\"kty\":\"OKP\",\"crv\":\"Ed25519\",\"x\":\"" + X + "\"}";
    private static final String EXAMPLE = "eyJhbGciOiJFZERTQSJ9.RXhhbXBsZSBvZiBFZDI1NTE5IHNpZ25pbmc.hgyY0il_MGCjP0Jz"
            + "lnLWG1PPOt7-09PGcvMg3AIbQR6dWbhijcNR4ki4iylGjg5BhVsPt9g7sVvpAr_MuM0KAg";

    @Test
    @DisplayName("RFC 7520 section 4.1, RS256")
    void rs256() {
        holds(
                RSA,
                Algorithm.RS256,
                BILBO.formatted("SUzI1Ni") + PAYLOAD
                        + "MRjdkly7_-oTPTS3AXP41iQIGKa80A0ZmTuV5MEaHoxnW2e5CZ5NlKtainoFmK"
                        + "ZopdHM1O2U4mwzJdQx996ivp83xuglII7PNDi84wnB-BDkoBwA78185hX-Es4J"
                        + "IwmDLJK3lfWRa-XtL0RnltuYv746iYTh_qHRD68BNt1uSNCrUCTJDt5aAE6x8w"
                        + "W1Kt9eRo4QPocSadnHXFxnt8Is9UzpERV0ePPQdLuW3IS_de3xyIrDaLGdjluP"
                        + "xUAhb6L2aXic1U12podGU0KLUQSE_oI-ZnmKJ3F4uOZDnd6QZWJushZ41Axf_f"
                        + "cIe8u9ipH84ogoree7vjbU5y18kDquDg");
    }

    @Test
    @DisplayName("RFC 7520 section 4.2, PS384")
    void ps384() {
        holds(
                RSA,
                Algorithm.PS384,
                BILBO.formatted("QUzM4NC") + PAYLOAD
                        + "cu22eBqkYDKgIlTpzDXGvaFfz6WGoz7fUDcfT0kkOy42miAh2qyBzk1xEsnk2I"
                        + "pN6-tPid6VrklHkqsGqDqHCdP6O8TTB5dDDItllVo6_1OLPpcbUrhiUSMxbbXU"
                        + "vdvWXzg-UD8biiReQFlfz28zGWVsdiNAUf8ZnyPEgVFn442ZdNqiVJRmBqrYRX"
                        + "e8P_ijQ7p8Vdz0TTrxUeT3lm8d9shnr2lfJT8ImUjvAA2Xez2Mlp8cBE5awDzT"
                        + "0qI0n6uiP1aCN_2_jLAeQTlqRHtfa64QQSUmFAAjVKPbByi7xho0uTOcbH510a"
                        + "6GYmJUAfmWjwZ6oD4ifKo8DYM-X72Eaw");
    }

    @Test
    @DisplayName("RFC 7520 section 4.3, ES512")
    void es512() {
        holds(
                EC,
                Algorithm.ES512,
                BILBO.formatted("FUzUxMi") + PAYLOAD
                        + "AE_R_YZCChjn4791jSQCrdPZCNYqHXCTZH0-JZGYNlaAjP2kqaluUIIUnC9qvb"
                        + "u9Plon7KRTzoNEuT4Va2cmL1eJAQy3mtPBu_u_sDDyYjnAMDxXPn7XrT0lw-kv"
                        + "AD890jl8e2puQens_IEKBpHABlsbEPX6sFY8OcGDqoRuBomu9xQ2");
    }

    @Test
    @DisplayName("RFC 7520 section 4.4, HS256")
    void hs256() {
        holds(
                "{\"kty\":\"oct\",\"kid\":\"018c0ae5-4d9b-471b-bfd6-eef314bc7037\",\"alg\":\"HS256\",\"k\":\""
                        + LeakGuard.secret("hJtXIZ2uSN5kbQfbtTNWbpdmhkV8FJG-Onbc6mxCcYg") + "\"}",
                Algorithm.HS256,
                "eyJhbGciOiJIUzI1NiIsImtpZCI6IjAxOGMwYWU1LTRkOWItNDcxYi1iZmQ2LWVlZjMxNGJjNzAzNyJ9." + PAYLOAD
                        + "s0h6KThzkfBBBkLspW1h84VsJZFTsPPqMDA7g1Md7p0");
    }

    @Test
    @DisplayName("RFC 8037 appendix A.4, EdDSA, and A.3, its thumbprint")
    void edDsa() throws GeneralSecurityException {
        holds(ED, Algorithm.EdDSA, EXAMPLE);
        assertThat(KeyId.thumbprint(Ed25519.publicKey(Base64.getUrlDecoder().decode(X))))
                .contains("kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k");
    }

    @Test
    @DisplayName("RFC 8037 appendix A.4: its private key makes the same signature, which is deterministic")
    void edDsaSigned() throws GeneralSecurityException {
        KeyRing ring = KeyRing.read(
                ED.replace("}", ",\"d\":\"" + LeakGuard.secret("nWGxne_9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A") + "\"}"));
        Signature signature = Signature.getInstance("Ed25519");
        signature.initSign(
                Ed25519.privateKey(Base64.getUrlDecoder().decode("nWGxne_9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A")));
        signature.update(EXAMPLE.substring(0, EXAMPLE.lastIndexOf('.')).getBytes(StandardCharsets.US_ASCII));

        assertThat(signature.sign()).isEqualTo(Parts.of(EXAMPLE).signatureBytes());
        assertThat(ring.signingKey(Algorithm.EdDSA, null).kid())
                .contains("kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k");
    }

    @Test
    @DisplayName("RFC 8032 section 5.1.2: the 32 bytes are the little-endian y, and the sign of x on top")
    void littleEndian() throws GeneralSecurityException {
        for (String bytes : List.of(
                "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",
                "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025",
                "ec172b93ad5e563f4932c70e1245034c35467ef2efd4d64ebf819683467e2bbf")) {
            byte[] little = HexFormat.of().parseHex(bytes);
            byte[] big = new byte[32];
            for (int i = 0; i < 32; i++) {
                big[i] = little[31 - i];
            }
            boolean odd = big[0] < 0;
            big[0] &= 0x7f;
            PublicKey key = KeyFactory.getInstance("Ed25519")
                    .generatePublic(new EdECPublicKeySpec(
                            NamedParameterSpec.ED25519, new EdECPoint(odd, new BigInteger(1, big))));

            assertThat(Ed25519.publicKey(little)).isEqualTo(key);
            assertThat(Ed25519.bytes(key)).isEqualTo(little);
        }
    }

    private static void holds(String jwk, Algorithm algorithm, String token) {
        Door door = Door.of(jwk, algorithm);
        door.refuses(token, Reason.MALFORMED_CLAIMS);
        byte[] signature = Parts.of(token).signatureBytes();
        signature[signature.length / 2] ^= 1;
        door.refuses(Parts.of(token).withSignature(signature), Reason.BAD_SIGNATURE);
        door.refuses(Parts.of(token).withPayload("It's a safe business."), Reason.BAD_SIGNATURE);
    }
}
