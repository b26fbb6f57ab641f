/** The benchmarks: what to measure, how long, and what was found. */
@NullMarked
package dev.latchkey.benchmarks;

import org.jspecify.annotations.NullMarked;
