/** Fixtures: keys, tokens with one valid default to spoil, a clock to turn, a logger that remembers. */
@NullMarked
package dev.latchkey.testing;

import org.jspecify.annotations.NullMarked;
