/**
 * JSON Web Tokens: algorithms, keys, key sets, signing and verifying (RFC 7515 to 7519). The only package that knows
 * the Nimbus JOSE library.
 */
@NullMarked
package dev.latchkey.jwt;

import org.jspecify.annotations.NullMarked;
