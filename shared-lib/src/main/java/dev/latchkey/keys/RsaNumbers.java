package dev.latchkey.keys;

import java.math.BigInteger;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Whether the numbers of an RSA key can be those of one: partial public-key validation (NIST SP 800-89 section 5.3.3), and the
 * fingerprint of keys that a faulty chip made (CVE-2017-15361, "The Return of Coppersmith's Attack", section 2).
 */
final class RsaNumbers {

    /** Factors below it are looked for, as SP 800-89 says. */
    private static final int SMALLEST_FACTOR = 752;

    /** All moduli of the faulty chip are powers of 65537 modulo each prime up to this one. */
    private static final int LARGEST_OF_ROCA = 167;

    private static final int ROCA_GENERATOR = 65_537;
    private static final int MAX_EXPONENT_BITS = 64;
    private static final int REMEMBERED = 128;

    private RsaNumbers() {}

    /**
     * Checks a public exponent.
     *
     * @throws InvalidKeyMaterialException if it is even, below 3 or above 64 bits
     */
    static void checkExponent(BigInteger exponent) {
        if (exponent.compareTo(BigInteger.TWO) <= 0 || !exponent.testBit(0)) {
            throw new InvalidKeyMaterialException("an RSA public exponent must be odd and greater than 2");
        }
        if (exponent.bitLength() > MAX_EXPONENT_BITS) {
            throw new InvalidKeyMaterialException("an RSA public exponent must have at most " + MAX_EXPONENT_BITS
                    + " bits, got " + exponent.bitLength() + ". Usual is 65537");
        }
    }

    /**
     * Checks what can be told of a modulus at no cost; not whether it is a prime.
     *
     * @throws InvalidKeyMaterialException if it is even, has a factor below 752, or the fingerprint of a faulty chip
     */
    static void checkModulus(BigInteger modulus) {
        if (!modulus.testBit(0)) {
            throw broken("is even");
        }
        int[] words = words(modulus);
        boolean isOfRoca = true;
        int prime = 3;
        while (prime < SMALLEST_FACTOR) {
            int first = prime;
            int product = 1;
            while (prime < SMALLEST_FACTOR && product <= Integer.MAX_VALUE / prime) {
                product *= prime;
                prime = nextPrime(prime);
            }
            int rest = rest(words, product);
            for (int factor = first; factor < prime; factor = nextPrime(factor)) {
                if (rest % factor == 0) {
                    throw broken("has the factor " + factor);
                }
                isOfRoca = isOfRoca && (factor > LARGEST_OF_ROCA || isPowerOfGenerator(rest % factor, factor));
            }
        }
        if (isOfRoca) {
            throw new InvalidKeyMaterialException(
                    "the RSA key has the fingerprint of a faulty chip, and its private half can"
                            + " be found out. Make a new one (CVE-2017-15361)");
        }
    }

    /** Tells whether a modulus is a prime: about as slow as a signature, remembered for the last 128. */
    static boolean isPrime(BigInteger modulus) {
        synchronized (Tested.MODULI) {
            return Tested.MODULI.computeIfAbsent(modulus, number -> number.isProbablePrime(1));
        }
    }

    private static InvalidKeyMaterialException broken(String what) {
        return new InvalidKeyMaterialException(
                "the RSA modulus " + what + ", so it is no product of two large primes (NIST SP 800-89)");
    }

    private static int[] words(BigInteger number) {
        byte[] bytes = number.toByteArray();
        int[] words = new int[(bytes.length + 3) / 4];
        for (int i = 0; i < bytes.length; i++) {
            words[words.length - 1 - i / 4] |= (bytes[bytes.length - 1 - i] & 0xff) << (8 * (i % 4));
        }
        return words;
    }

    private static int rest(int[] words, int divisor) {
        long rest = 0;
        for (int word : words) {
            rest = ((rest << 32) | (word & 0xffffffffL)) % divisor;
        }
        return (int) rest;
    }

    private static int nextPrime(int after) {
        int odd = after + 2;
        while (!isPrime(odd)) {
            odd += 2;
        }
        return odd;
    }

    private static boolean isPrime(int odd) {
        for (int factor = 3; factor * factor <= odd; factor += 2) {
            if (odd % factor == 0) {
                return false;
            }
        }
        return true;
    }

    private static boolean isPowerOfGenerator(int rest, int prime) {
        int power = 1;
        do {
            if (power == rest) {
                return true;
            }
            power = power * (ROCA_GENERATOR % prime) % prime;
        } while (power != 1);
        return false;
    }

    /** Apart from the others, for starts without keys of others. */
    private static final class Tested {
        static final Map<BigInteger, Boolean> MODULI = new LinkedHashMap<>() {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<BigInteger, Boolean> eldest) {
                return size() > REMEMBERED;
            }
        };
    }
}
