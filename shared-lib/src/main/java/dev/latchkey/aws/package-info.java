/** AWS services. The only package that knows the AWS SDK. */
@NullMarked
package dev.latchkey.aws;

import org.jspecify.annotations.NullMarked;
