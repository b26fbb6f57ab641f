package dev.latchkey.benchmarks.warm;

import com.amazon.corretto.crypto.provider.AmazonCorrettoCryptoProvider;

/** Whose cryptography a JVM uses. */
public final class Providers {

    /** The JDK's own. */
    public static final String JDK = "jdk";

    /** OpenSSL's, by Amazon Corretto Crypto Provider. */
    public static final String ACCP = "accp";

    private Providers() {}

    /**
     * Puts a provider before all others.
     *
     * @throws IllegalStateException if its native part does not run here
     */
    public static void install(String provider) {
        if (provider.equals(ACCP)) {
            AmazonCorrettoCryptoProvider.install();
            AmazonCorrettoCryptoProvider.INSTANCE.assertHealthy();
        }
    }
}
