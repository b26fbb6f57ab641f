/** Tests of the function that publishes. */
@NullMarked
package dev.latchkey.publish;

import org.jspecify.annotations.NullMarked;
