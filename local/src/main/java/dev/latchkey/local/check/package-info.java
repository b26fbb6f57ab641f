/**
 * What {@code scripts/local --check} does: tries a good key and every spoilt one on a running stack.
 */
@NullMarked
package dev.latchkey.local.check;

import org.jspecify.annotations.NullMarked;
