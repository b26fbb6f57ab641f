/**
 * What a person starts: {@code scripts/local} with its command line, its first look at the functions and its console, and
 * {@code scripts/create-keys}.
 */
@NullMarked
package dev.latchkey.local;

import org.jspecify.annotations.NullMarked;
