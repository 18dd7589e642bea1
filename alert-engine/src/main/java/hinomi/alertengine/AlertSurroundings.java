package hinomi.alertengine;

import hinomi.model.Time;
import hinomi.sql.Database;
import io.micrometer.core.instrument.MeterRegistry;
import io.opentelemetry.api.trace.Tracer;

/// What every part of the product is started with: records, clock, own telemetry.
public record AlertSurroundings(
    Database database, Time time, MeterRegistry registry, Tracer tracer) {}
