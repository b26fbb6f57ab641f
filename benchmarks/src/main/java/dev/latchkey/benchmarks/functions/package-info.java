/** Functions that can be started as often as one likes: ours from their packages, and the peers. */
@NullMarked
package dev.latchkey.benchmarks.functions;

import org.jspecify.annotations.NullMarked;
