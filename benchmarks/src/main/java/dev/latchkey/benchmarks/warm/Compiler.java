package dev.latchkey.benchmarks.warm;

import java.util.List;

/** How a JVM compiles. */
public enum Compiler {
    /** By C1 alone, as Lambda's managed runtimes without SnapStart. */
    C1,
    /** By C1 and then C2, as with SnapStart and provisioned concurrency. */
    C2;

    /** The flags of the JVM. */
    public List<String> flags() {
        return this == C1 ? List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1") : List.of("-XX:+UseSerialGC");
    }
}
