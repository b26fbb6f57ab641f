/** Tests of the sample of a back end. */
@NullMarked
package dev.latchkey.orders;

import org.jspecify.annotations.NullMarked;
