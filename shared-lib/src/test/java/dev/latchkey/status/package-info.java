/** Tests of status lists. */
@NullMarked
package dev.latchkey.status;

import org.jspecify.annotations.NullMarked;
