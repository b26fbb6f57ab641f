/** A sample of a back end behind the authorizer; it knows nothing of Latchkey but the names in the context. */
@NullMarked
package dev.latchkey.orders;

import org.jspecify.annotations.NullMarked;
