/** The function that rotates the key ring in a secret. */
@NullMarked
package dev.latchkey.rotatekeys;

import org.jspecify.annotations.NullMarked;
