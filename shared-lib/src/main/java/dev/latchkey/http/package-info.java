/** What HTTP clients of our own have in common. */
@NullMarked
package dev.latchkey.http;

import org.jspecify.annotations.NullMarked;
