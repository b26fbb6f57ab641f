/** What a function takes up: memory, and the size of its package. */
@NullMarked
package dev.latchkey.benchmarks.footprint;

import org.jspecify.annotations.NullMarked;
