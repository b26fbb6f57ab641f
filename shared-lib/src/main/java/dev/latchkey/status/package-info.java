/**
 * Token status lists: whether keys are still good, for very many keys in one small signed document (IETF OAuth, Token Status
 * List).
 */
@NullMarked
package dev.latchkey.status;

import org.jspecify.annotations.NullMarked;
