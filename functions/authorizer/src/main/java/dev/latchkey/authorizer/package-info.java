/** The Lambda authorizer: an API Gateway event in, a policy or an error out. */
@NullMarked
package dev.latchkey.authorizer;

import org.jspecify.annotations.NullMarked;
