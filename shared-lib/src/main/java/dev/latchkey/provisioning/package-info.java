/** Provisioning plugins: the portal's contract, how plugins are found, and the JWT plugin. */
@NullMarked
package dev.latchkey.provisioning;

import org.jspecify.annotations.NullMarked;
