package dev.latchkey.benchmarks;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.RSAKey;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.interfaces.RSAPublicKey;
import java.util.Base64;
import java.util.List;

/**
 * Keys and good tokens for a run, in files, so that JVMs and Node.js processes measure with the same. The keys are made
 * for the run and open nothing else.
 *
 * @param folder where the files are: {@code ALG-private.pem}, {@code ALG-public.pem}, {@code secret}, {@code ALG-tokens},
 *     one token a line
 */
public record Fixtures(Path folder) {

    /** The key id in all tokens. */
    public static final String KEY_ID = "bench-1";

    /** The algorithms that there are tokens of. */
    public static final List<String> ALGORITHMS = List.of("RS256", "ES256", "HS256");

    private static final String ARN = "arn:aws:execute-api:us-east-1:123456789012:abcdef1234/prod/GET/orders";

    /** Makes them in a folder. */
    public static Fixtures create(Path folder, int tokens) throws IOException, GeneralSecurityException {
        KeyPairGenerator rsa = KeyPairGenerator.getInstance("RSA");
        rsa.initialize(2048);
        KeyPairGenerator ec = KeyPairGenerator.getInstance("EC");
        ec.initialize(256);
        byte[] secret = new byte[32];
        new SecureRandom().nextBytes(secret);
        Fixtures fixtures = new Fixtures(folder);
        Files.writeString(folder.resolve("secret"), Base64.getEncoder().encodeToString(secret));
        fixtures.write("RS256", rsa.generateKeyPair(), tokens);
        fixtures.write("ES256", ec.generateKeyPair(), tokens);
        Tokens hmac = Tokens.hs256(fixtures.secret());
        Files.write(folder.resolve("HS256-tokens"), hmac.sign(tokens));
        return fixtures;
    }

    private void write(String algorithm, KeyPair pair, int tokens) throws IOException, GeneralSecurityException {
        Files.writeString(folder.resolve(algorithm + "-private.pem"), Pem.of(pair.getPrivate()));
        Files.writeString(folder.resolve(algorithm + "-public.pem"), Pem.of(pair.getPublic()));
        if (pair.getPublic() instanceof RSAPublicKey key) {
            JWKSet set = new JWKSet(new RSAKey.Builder(key)
                    .keyID(KEY_ID)
                    .algorithm(JWSAlgorithm.RS256)
                    .keyUse(KeyUse.SIGNATURE)
                    .build());
            Files.writeString(folder.resolve("RS256-jwks.json"), set.toString());
        }
        Files.write(
                folder.resolve(algorithm + "-tokens"),
                Tokens.of(algorithm, pair.getPrivate()).sign(tokens));
    }

    /** What tokens of an algorithm are verified with: the secret or the public key as PEM. */
    public String verifyKey(String algorithm) throws IOException {
        return algorithm.equals("HS256") ? secret() : Files.readString(folder.resolve(algorithm + "-public.pem"));
    }

    /** The private key of an algorithm as PEM. */
    public String privateKey(String algorithm) throws IOException {
        return Files.readString(folder.resolve(algorithm + "-private.pem"));
    }

    /** The public RSA key as a JWK Set. */
    public String jwkSet() throws IOException {
        return Files.readString(folder.resolve("RS256-jwks.json"));
    }

    /** The HMAC secret. */
    public String secret() throws IOException {
        return Files.readString(folder.resolve("secret"));
    }

    /** Good tokens of an algorithm, all different. */
    public List<String> tokens(String algorithm) throws IOException {
        return Files.readAllLines(folder.resolve(algorithm + "-tokens"));
    }

    /** An HTTP API's event: somebody asks the function that publishes for the JWK Set. */
    public static byte[] jwkSetEvent() {
        return ("{\"version\":\"2.0\",\"rawPath\":\"/.well-known/jwks.json\",\"headers\":{},\"requestContext\":{"
                        + "\"stage\":\"$default\",\"domainName\":\"keys.example.com\",\"http\":{\"method\":\"GET\"}}}")
                .getBytes(StandardCharsets.UTF_8);
    }

    /** API Gateway's event of the kind TOKEN with a token in it. */
    public static byte[] event(String token) {
        return ("{\"type\":\"TOKEN\",\"methodArn\":\"" + ARN + "\",\"authorizationToken\":\"Bearer " + token + "\"}")
                .getBytes(StandardCharsets.UTF_8);
    }
}
