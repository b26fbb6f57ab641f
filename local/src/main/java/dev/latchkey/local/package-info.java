/**
 * Lambda and API Gateway on one machine: runs the built function zips in their own JVMs under AWS's runtime interface
 * client, and serves the APIs that the SAM template describes on loopback.
 */
@NullMarked
package dev.latchkey.local;

import org.jspecify.annotations.NullMarked;
