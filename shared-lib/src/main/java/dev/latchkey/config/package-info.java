/** Settings: environment variables and secrets turned into typed values, all problems reported at once. */
@NullMarked
package dev.latchkey.config;

import org.jspecify.annotations.NullMarked;
