/// What becomes of blocks: samples leave the head for small ones ([Leaving]), small ones are merged
/// into large ones ([Compactor], as [Plan] decides), damaged and deleted samples are left out.
@NullMarked
package hinomi.metricstore.compact;

import org.jspecify.annotations.NullMarked;
