/** The plugins over servers rebuilt from what the gateways publish of their APIs, and over moto server. */
@NullMarked
package dev.latchkey.gateways;

import org.jspecify.annotations.NullMarked;
