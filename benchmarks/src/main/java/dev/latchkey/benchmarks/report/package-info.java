/** What was measured, as a table, JSON and a chart. */
@NullMarked
package dev.latchkey.benchmarks.report;

import org.jspecify.annotations.NullMarked;
