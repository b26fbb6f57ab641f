/** Tests of what Moesif is told. */
@NullMarked
package dev.latchkey.moesif;

import org.jspecify.annotations.NullMarked;
