/** Warm calls and signing: microseconds in a JVM that has run for a while, and what Node.js and OpenSSL take. */
@NullMarked
package dev.latchkey.benchmarks.warm;

import org.jspecify.annotations.NullMarked;
