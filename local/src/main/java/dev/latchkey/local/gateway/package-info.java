/**
 * API Gateway on this machine: finds the route, asks the authorizer or its kept answer, reads the policy, hands on the event
 * and makes the response, as REST APIs and as HTTP APIs do.
 */
@NullMarked
package dev.latchkey.local.gateway;

import org.jspecify.annotations.NullMarked;
