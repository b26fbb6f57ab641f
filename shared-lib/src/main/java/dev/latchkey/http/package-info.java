/** HTTP, as far as the functions need it: addresses, small documents, TLS. */
@NullMarked
package dev.latchkey.http;

import org.jspecify.annotations.NullMarked;
