/// What an exchange would export: Micrometer, Prometheus simpleclient and OpenTelemetry, pushed.
@NullMarked
package hinomi.exchangesimulator.telemetry;

import org.jspecify.annotations.NullMarked;
