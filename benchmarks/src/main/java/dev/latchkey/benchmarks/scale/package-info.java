/** Many keys and many tokens: whether time and memory stay what they were. */
@NullMarked
package dev.latchkey.benchmarks.scale;

import org.jspecify.annotations.NullMarked;
