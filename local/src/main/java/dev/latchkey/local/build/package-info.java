/**
 * What only builds use: the training runs for AOT caches, and with them the authorizer's package with a Java runtime of its own.
 */
@NullMarked
package dev.latchkey.local.build;

import org.jspecify.annotations.NullMarked;
