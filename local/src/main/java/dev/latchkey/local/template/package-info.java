/**
 * The SAM template: YAML, parameters, conditions and intrinsic functions in, and out of them the functions, APIs, routes and
 * authorizers that the other rooms run.
 */
@NullMarked
package dev.latchkey.local.template;

import org.jspecify.annotations.NullMarked;
