package dev.latchkey.benchmarks.warm;

import dev.latchkey.benchmarks.Contestant;
import dev.latchkey.benchmarks.Contestant.Attempt;
import dev.latchkey.benchmarks.Fixtures;
import dev.latchkey.benchmarks.Run;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Warm calls of the whole handler, and signatures, beside libraries, providers and OpenSSL. */
public final class WarmBenchmark {

    private static final String UNIT = "µs";
    private static final List<String> NODE_LIBRARIES = List.of("jsonwebtoken", "jose", "aws-jwt-verify", "fast-jwt");

    private final Run run;
    private final Jmh jmh;
    private final Commands commands;

    /** A part of a run. */
    public WarmBenchmark(Run run) {
        this.run = run;
        this.jmh = new Jmh(run);
        this.commands = new Commands(run);
    }

    /** Calls with a key seen before and with new keys, of each algorithm. */
    public void calls() throws Exception {
        for (String algorithm : Fixtures.ALGORITHMS) {
            run.contest(seen(algorithm), 0, run.effort().warmRounds());
            run.contest(unseen(algorithm), 0, run.effort().warmRounds());
        }
    }

    private List<Contestant> seen(String algorithm) {
        String group = "warm, " + algorithm + ", key seen before";
        String prefix = "warm.seen." + algorithm + ".";
        List<Contestant> all = new ArrayList<>();
        for (Compiler compiler : Compiler.values()) {
            all.add(contestant(
                    group,
                    prefix + id(compiler) + "latchkey",
                    "Latchkey, whole handler, " + compiler,
                    jmh.attempt(HandlerBenchmark.class, "seen", compiler, Map.of("algorithm", algorithm))));
        }
        // The list is signed with the RSA key.
        if (algorithm.equals("RS256")) {
            for (Compiler compiler : Compiler.values()) {
                all.add(contestant(
                        group,
                        prefix + id(compiler) + "latchkey-status",
                        "Latchkey, whole handler, key with a status, " + compiler,
                        jmh.attempt(StatusBenchmark.class, "seen", compiler, Map.of())));
            }
        }
        if (run.place().hasNode()) {
            all.add(contestant(
                    group,
                    prefix + "node.fast-jwt",
                    "fast-jwt with its cache, verification alone, Node.js",
                    commands.node("fast-jwt", algorithm, "seen")));
        }
        return all;
    }

    private List<Contestant> unseen(String algorithm) {
        String group = "warm, " + algorithm + ", new key";
        String prefix = "warm.new." + algorithm + ".";
        List<Contestant> all = new ArrayList<>();
        for (Compiler compiler : Compiler.values()) {
            String start = prefix + id(compiler);
            for (String provider : List.of(Providers.JDK, Providers.ACCP)) {
                boolean isJdk = provider.equals(Providers.JDK);
                String with = isJdk ? "" : " with ACCP";
                String end = isJdk ? "" : "-accp";
                Map<String, String> parameters = Map.of("algorithm", algorithm, "provider", provider);
                all.add(contestant(
                        group,
                        start + "latchkey" + end,
                        "Latchkey" + with + ", whole handler, " + compiler,
                        jmh.attempt(HandlerBenchmark.class, "unseen", compiler, parameters)));
                all.add(contestant(
                        group,
                        start + "jca" + end,
                        "raw JCA" + with + ", signature alone, " + compiler,
                        jmh.attempt(JcaBenchmark.class, "verify", compiler, parameters)));
            }
            for (String library : Libraries.NAMES) {
                all.add(contestant(
                        group,
                        start + library,
                        library + ", verification alone, " + compiler,
                        jmh.attempt(
                                LibraryBenchmark.class,
                                "verify",
                                compiler,
                                Map.of("algorithm", algorithm, "library", library))));
            }
        }
        all.addAll(nodeAndOpenSsl(algorithm, group, prefix));
        return all;
    }

    private List<Contestant> nodeAndOpenSsl(String algorithm, String group, String prefix) {
        List<Contestant> all = new ArrayList<>();
        for (String library : run.place().hasNode() ? NODE_LIBRARIES : List.<String>of()) {
            // aws-jwt-verify has no secrets, and its keys come as a JWK Set, which is made for RS256.
            if (!library.equals("aws-jwt-verify") || algorithm.equals("RS256")) {
                all.add(contestant(
                        group,
                        prefix + "node." + library,
                        library + ", verification alone, Node.js",
                        commands.node(library, algorithm, "new")));
            }
        }
        Map<String, String> keys = Map.of("RS256", "rsa2048", "ES256", "ecdsap256");
        if (keys.containsKey(algorithm)) {
            all.add(contestant(
                    group,
                    prefix + "openssl",
                    "OpenSSL, signature alone",
                    commands.opensslVerify(keys.getOrDefault(algorithm, ""))));
        }
        return all;
    }

    /** RS256 signatures. */
    public void signatures() throws Exception {
        String group = "sign RS256";
        List<Contestant> all = new ArrayList<>();
        for (Compiler compiler : Compiler.values()) {
            for (String provider : List.of(Providers.JDK, Providers.ACCP)) {
                boolean isJdk = provider.equals(Providers.JDK);
                String with = isJdk ? "" : " with ACCP";
                String end = isJdk ? "" : "-accp";
                Map<String, String> parameters = Map.of("provider", provider);
                all.add(contestant(
                        group,
                        "sign." + id(compiler) + "latchkey" + end,
                        "Latchkey" + with + ", whole API key, " + compiler,
                        jmh.attempt(SignBenchmark.class, "latchkey", compiler, parameters)));
                all.add(contestant(
                        group,
                        "sign." + id(compiler) + "jca" + end,
                        "raw JCA" + with + ", signature alone, " + compiler,
                        jmh.attempt(SignBenchmark.class, "jca", compiler, parameters)));
            }
        }
        all.add(contestant(group, "sign.openssl", "OpenSSL, signature alone", commands.opensslSign("rsa2048")));
        run.contest(all, 0, run.effort().warmRounds());
    }

    private static String id(Compiler compiler) {
        return compiler.name().toLowerCase(Locale.ROOT) + ".";
    }

    private static Contestant contestant(String group, String id, String label, Attempt attempt) {
        return new Contestant(group, id, label, UNIT, attempt);
    }
}
