/** The function that publishes status lists and public keys, for doors and everybody else. */
@NullMarked
package dev.latchkey.publish;

import org.jspecify.annotations.NullMarked;
