/** Tests of the function that rotates. */
@NullMarked
package dev.latchkey.rotatekeys;

import org.jspecify.annotations.NullMarked;
