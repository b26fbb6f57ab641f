/**
 * The playground: a page on loopback that issues keys, spoils them, calls the APIs and shows what was decided and why.
 */
@NullMarked
package dev.latchkey.local.page;

import org.jspecify.annotations.NullMarked;
