/** The function that has API Gateway forget the answers of authorizers that it keeps. */
@NullMarked
package dev.latchkey.flushcaches;

import org.jspecify.annotations.NullMarked;
