/** JSON Web Tokens: reading, checking and signing them, the rules they are held to, and the reasons of a refusal (RFC 7515, RFC 7519). */
@NullMarked
package dev.latchkey.jwt;

import org.jspecify.annotations.NullMarked;
