/** The function that issues keys: a portal's request in, a key or an error out. */
@NullMarked
package dev.latchkey.issuekey;

import org.jspecify.annotations.NullMarked;
