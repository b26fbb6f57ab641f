/** AWS services on this machine: a table and a queue in moto server, and a function that takes the queue's messages. */
@NullMarked
package dev.latchkey.local.services;

import org.jspecify.annotations.NullMarked;
