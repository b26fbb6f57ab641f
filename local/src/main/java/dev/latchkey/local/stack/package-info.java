/**
 * A template running: its APIs, its functions and the Invoke endpoint, with the settings of both functions and whoever listens.
 */
@NullMarked
package dev.latchkey.local.stack;

import org.jspecify.annotations.NullMarked;
