/// Series become an SVG line chart: scales, ticks, lines.
@NullMarked
package hinomi.console.chart;

import org.jspecify.annotations.NullMarked;
