/**
 * What all rooms stand on: the account that this machine pretends to be, a server on loopback, bytes, JSON, and the error
 * that says what keeps it from starting.
 */
@NullMarked
package dev.latchkey.local.machine;

import org.jspecify.annotations.NullMarked;
