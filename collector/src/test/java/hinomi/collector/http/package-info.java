@NullMarked
package hinomi.collector.http;

import org.jspecify.annotations.NullMarked;
