/** Log lines: one JSON record each, as CloudWatch Logs Insights reads them. */
@NullMarked
package dev.latchkey.log;

import org.jspecify.annotations.NullMarked;
