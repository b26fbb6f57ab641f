/** Tests of the function that flushes. */
@NullMarked
package dev.latchkey.flushcaches;

import org.jspecify.annotations.NullMarked;
