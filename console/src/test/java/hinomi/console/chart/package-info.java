@NullMarked
package hinomi.console.chart;

import org.jspecify.annotations.NullMarked;
