/** Tests of the function that issues keys. */
@NullMarked
package dev.latchkey.issuekey;

import org.jspecify.annotations.NullMarked;
