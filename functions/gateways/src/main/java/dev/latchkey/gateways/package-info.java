/** Plugins of issue-key that let other gateways make the keys: Kong, Konnect, Tyk, Auth0, API Gateway's usage plans. */
@NullMarked
package dev.latchkey.gateways;

import org.jspecify.annotations.NullMarked;
