package hinomi.metricstore.head;

import hinomi.metricstore.exemplar.Exemplars;
import hinomi.metricstore.metadata.MetricNotes;

/// What memory holds beside samples. Log and snapshot keep it as they keep samples.
public record Beside(Exemplars exemplars, MetricNotes notes) {}
