/** Tests of the authorizer. */
@NullMarked
package dev.latchkey.authorizer;

import org.jspecify.annotations.NullMarked;
