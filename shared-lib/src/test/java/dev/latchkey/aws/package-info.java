/** Tests of AWS services over an emulator and over a server with faults. */
@NullMarked
package dev.latchkey.aws;

import org.jspecify.annotations.NullMarked;
