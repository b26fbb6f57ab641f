/** Cold starts: from the start of a process to its first answer. */
@NullMarked
package dev.latchkey.benchmarks.cold;

import org.jspecify.annotations.NullMarked;
