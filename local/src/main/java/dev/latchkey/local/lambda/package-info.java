/**
 * Lambda on this machine: runs the built packages in JVMs of their own under AWS's runtime interface client, gives them the
 * Runtime API, their environment and their timeouts, and answers Lambda's Invoke.
 */
@NullMarked
package dev.latchkey.local.lambda;

import org.jspecify.annotations.NullMarked;
