/** Tests of the settings. */
@NullMarked
package dev.latchkey.log;

import org.jspecify.annotations.NullMarked;
