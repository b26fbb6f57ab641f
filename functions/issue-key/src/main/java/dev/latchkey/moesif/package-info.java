/** Tells Moesif of customers and their keys. The only package that knows Moesif's SDK. */
@NullMarked
package dev.latchkey.moesif;

import org.jspecify.annotations.NullMarked;
