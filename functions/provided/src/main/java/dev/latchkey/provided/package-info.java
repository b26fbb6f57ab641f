/** The authorizer as a program of its own, for the Lambda runtime {@code provided.al2023}. */
@NullMarked
package dev.latchkey.provided;

import org.jspecify.annotations.NullMarked;
