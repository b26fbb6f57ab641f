package dev.latchkey.benchmarks.report;

import java.util.List;
import java.util.stream.Stream;

/** All that we want to reach. */
public final class Targets {

    private static final String PORTAL = "cold.static.node-portal";
    private static final String SECRET_PEER = "cold.secret.node-secrets-manager";

    /** In the order of the table. */
    public static final List<Target> ALL = List.of(
            new Target("cold, native, static RS256 key", "cold.static.latchkey-native", PORTAL, 0.1),
            new Target(
                    "cold, native, static RS256 key",
                    "cold.static.latchkey-native",
                    "cold.static.node-jsonwebtoken",
                    0.18),
            new Target("cold, native, static RS256 key", "cold.static.latchkey-native", "cold.static.node-empty", 0.25),
            new Target(
                    "cold, native, static RS256 key, CPU time",
                    "cpu.static.latchkey-native",
                    "cpu.static.node-portal",
                    0.1),
            new Target("cold, native, Secrets Manager, AWS SDK", "cold.secret.latchkey-native", SECRET_PEER, 0.25),
            new Target(
                    "cold, native, remote JWK Set", "cold.remote.latchkey-native", "cold.remote.node-jose-remote", 0.3),
            new Target("cold, managed, static RS256 key", "cold.static.latchkey-managed", PORTAL, 0.75),
            new Target("cold, own runtime, static RS256 key", "cold.static.latchkey-own", PORTAL, 0.5),
            new Target("cold, own runtime, static RS256 key", "cold.static.latchkey-own", "cold.static.empty-own", 1.3),
            new Target("cold, managed, Secrets Manager, AWS SDK", "cold.secret.latchkey-managed", SECRET_PEER, 1.5),
            new Target("cold, own runtime, Secrets Manager, AWS SDK", "cold.secret.latchkey-own", SECRET_PEER, 0.9),
            new Target(
                    "cold, managed, Secrets Manager, extension",
                    "cold.secret.latchkey-extension-managed",
                    SECRET_PEER,
                    1.5),
            new Target(
                    "cold, own runtime, Secrets Manager, extension",
                    "cold.secret.latchkey-extension-own",
                    SECRET_PEER,
                    0.9),
            new Target(
                    "cold, native, token with a status",
                    "cold.status.latchkey-native",
                    "cold.remote.latchkey-native",
                    1.1),
            new Target(
                    "cold, managed, token with a status",
                    "cold.status.latchkey-managed",
                    "cold.remote.latchkey-managed",
                    1.1),
            new Target("warm, key seen before, C1", "warm.seen.RS256.c1.latchkey", null, 10),
            new Target("warm, key seen before, C2", "warm.seen.RS256.c2.latchkey", null, 4),
            new Target(
                    "warm, key seen before with a status, C1",
                    "warm.seen.RS256.c1.latchkey-status",
                    "warm.seen.RS256.c1.latchkey",
                    1.1),
            new Target("warm, new RS256 key, C1", "warm.new.RS256.c1.latchkey", "warm.new.RS256.c1.jca", 1.15),
            new Target("warm, new RS256 key, C2", "warm.new.RS256.c2.latchkey", "warm.new.RS256.c2.jca", 1.15),
            new Target(
                    "warm, new RS256 key, C1, ACCP", "warm.new.RS256.c1.latchkey-accp", "warm.new.RS256.openssl", 1.5),
            new Target(
                    "warm, new RS256 key, C1, ACCP",
                    "warm.new.RS256.c1.latchkey-accp",
                    "warm.new.RS256.node.aws-jwt-verify",
                    1),
            new Target("sign RS256, C1", "sign.c1.latchkey", "sign.c1.jca", 1.05),
            new Target("sign RS256, C2", "sign.c2.latchkey", "sign.c2.jca", 1.05),
            new Target("sign RS256, C1, ACCP", "sign.c1.latchkey-accp", "sign.openssl", 1.1),
            new Target("peak memory after 1,000 calls", "memory.latchkey-managed", null, 59),
            new Target("peak memory after 1,000 calls, native", "memory.latchkey-native", "memory.node-portal", 0.65),
            new Target("size of authorizer.zip", "size.authorizer", null, 6),
            new Target("size of authorizer-native.zip", "size.authorizer-native", null, 16),
            new Target("jars in authorizer.zip that nothing uses", "size.unused", null, 0),
            new Target("10,000 keys in a set", "scale.keys.10000", "scale.keys.1", 1.2),
            new Target("1,000,000 distinct tokens, time", "scale.tokens.last", "scale.tokens.first", 1.2),
            new Target("1,000,000 distinct tokens, memory", "scale.memory.last", "scale.memory.first", 1.2));

    /** The first target of each of these, for whoever reads one table only. */
    static final List<Target> HEADLINES = Stream.of(
                    "cold, native, static RS256 key",
                    "cold, native, Secrets Manager, AWS SDK",
                    "cold, managed, static RS256 key",
                    "warm, key seen before, C1",
                    "warm, new RS256 key, C1",
                    "peak memory after 1,000 calls, native")
            .map(Targets::first)
            .toList();

    private Targets() {}

    private static Target first(String what) {
        return ALL.stream()
                .filter(target -> target.what().equals(what))
                .findFirst()
                .orElseThrow();
    }
}
