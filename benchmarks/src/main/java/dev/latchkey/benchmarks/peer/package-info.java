/** What a function costs that is not ours: handlers to compare with. */
@NullMarked
package dev.latchkey.benchmarks.peer;

import org.jspecify.annotations.NullMarked;
