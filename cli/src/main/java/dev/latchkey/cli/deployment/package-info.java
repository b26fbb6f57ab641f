/** How a deployment on AWS is configured, as far as whoever asks may read it. */
@NullMarked
package dev.latchkey.cli.deployment;

import org.jspecify.annotations.NullMarked;
