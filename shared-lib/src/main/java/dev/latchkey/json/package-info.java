/** Strict JSON (RFC 8259): a bounded reader and a writer. */
@NullMarked
package dev.latchkey.json;

import org.jspecify.annotations.NullMarked;
