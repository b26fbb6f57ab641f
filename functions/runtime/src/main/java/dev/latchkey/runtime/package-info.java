/** The Lambda Runtime API for functions that bring a runtime of their own: events in, answers, errors and log lines out. */
@NullMarked
package dev.latchkey.runtime;

import org.jspecify.annotations.NullMarked;
