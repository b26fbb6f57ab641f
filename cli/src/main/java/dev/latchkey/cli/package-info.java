/** An operator's command line for customers' keys: {@code scripts/keys}. */
@NullMarked
package dev.latchkey.cli;

import org.jspecify.annotations.NullMarked;
