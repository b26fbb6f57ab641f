/** The Lambda Runtime API, tried by examples and by whatever the other side may send. */
@NullMarked
package dev.latchkey.runtime;

import org.jspecify.annotations.NullMarked;
