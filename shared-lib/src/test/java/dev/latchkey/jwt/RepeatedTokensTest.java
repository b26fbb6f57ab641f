package dev.latchkey.jwt;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.testing.Door;
import dev.latchkey.testing.Jwks;
import dev.latchkey.testing.Parts;
import dev.latchkey.testing.TestKeys;
import dev.latchkey.testing.TestTokens;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("H, M: One verifier, many tokens")
class RepeatedTokensTest {

    @Test
    @DisplayName("M3: after a good token its header and payload under another signature are refused")
    void otherSignatureAfterGood() {
        Door door = Door.hs256();
        String good = Door.goodHs256();
        byte[] signature = Parts.of(good).signatureBytes();
        signature[31] ^= 1;

        door.accepts(good);
        door.refuses(Parts.of(good).withSignature(signature), Reason.BAD_SIGNATURE);
        door.refuses(Parts.of(good).signingInput() + ".", Reason.BAD_SIGNATURE);
        door.accepts(good);
    }

    @Test
    @DisplayName("M5: a token that was verified once is refused when it has expired")
    void expiresAfterUse() {
        Door door = Door.hs256();
        String good = Door.goodHs256();

        door.accepts(good);
        door.clock().turn(Duration.ofSeconds(3599));
        door.accepts(good);
        door.clock().turn(Duration.ofSeconds(1));
        door.refuses(good, Reason.EXPIRED);
    }

    @Test
    @DisplayName("H15: eight threads at one verifier, with good and bad tokens in turn, get no wrong answer")
    void manyThreads() throws Exception {
        Door door = Door.of("{\"keys\":[{" + TestKeys.jwkMembers(Door.RSA) + ",\"kid\":\"rsa\"},{"
                + Jwks.ecMembers(Door.EC) + ",\"kid\":\"ec\"},{" + TestKeys.jwkMembers(TestKeys.SECRET)
                + ",\"kid\":\"mac\"}]}");
        List<String> good = List.of(
                TestTokens.good("RS256").header("kid", "rsa").rs256(Door.RSA.getPrivate()),
                TestTokens.good("ES256").header("kid", "ec").sign("SHA256withECDSAinP1363Format", Door.EC.getPrivate()),
                TestTokens.good("HS256").header("kid", "mac").hs256(TestKeys.SECRET));
        List<String> bad = good.stream()
                .map(token -> Parts.of(token)
                        .withPayload(Parts.of(token).payloadText().replace("cus_1", "cus_2")))
                .toList();
        List<Callable<Integer>> callers = new ArrayList<>();
        for (int thread = 0; thread < 8; thread++) {
            callers.add(() -> wrongAnswers(door.verifier(), good, bad));
        }
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try {
            for (Future<Integer> wrong : threads.invokeAll(callers)) {
                assertThat(wrong.get()).isZero();
            }
        } finally {
            threads.shutdownNow();
        }
    }

    private static int wrongAnswers(TokenVerifier verifier, List<String> good, List<String> bad) {
        int wrong = 0;
        for (int i = 0; i < 150; i++) {
            int which = i % good.size();
            if (!(verifier.verify(good.get(which)) instanceof Verification.Verified verified)
                    || verified.token().companyId().filter("cus_1"::equals).isEmpty()) {
                wrong++;
            }
            if (!(verifier.verify(bad.get(which)) instanceof Verification.Rejected rejected)
                    || rejected.reason() != Reason.BAD_SIGNATURE) {
                wrong++;
            }
        }
        return wrong;
    }
}
