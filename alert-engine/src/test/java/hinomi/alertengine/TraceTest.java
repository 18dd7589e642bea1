package hinomi.alertengine;

import static org.assertj.core.api.Assertions.assertThat;

import hinomi.model.Labels;
import hinomi.model.Sample;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

final class TraceTest {
  @Test
  void one_trace_leads_from_the_samples_to_the_delivered_page() throws Exception {
    List<SpanData> spans = new CopyOnWriteArrayList<>();
    SpanExporter keep =
        new SpanExporter() {
          @Override
          public CompletableResultCode export(Collection<SpanData> batch) {
            spans.addAll(batch);
            return CompletableResultCode.ofSuccess();
          }

          @Override
          public CompletableResultCode flush() {
            return CompletableResultCode.ofSuccess();
          }

          @Override
          public CompletableResultCode shutdown() {
            return CompletableResultCode.ofSuccess();
          }
        };
    try (World world = new World();
        SdkTracerProvider provider =
            SdkTracerProvider.builder()
                .addSpanProcessor(SimpleSpanProcessor.create(keep))
                .build()) {
      world.tracer = provider.get("test");
      world.rules(
          """
          groups:
          - name: g
            rules: [{alert: Down, expr: up == 0, labels: {severity: page}}]
          """);
      world.answers.put(
          "up == 0", at -> List.of(new Sample(Labels.of("i", "a"), at.toEpochMilli(), 0)));
      world.start();
      world.goTo(Duration.ofSeconds(1));
    }
    SpanData evaluation = named(spans, "alert changed");
    for (String stage :
        List.of("arrival", "queue", "evaluate", "record", "outbox wait", "deliver")) {
      assertThat(named(spans, stage).getTraceId()).isEqualTo(evaluation.getTraceId());
      assertThat(named(spans, stage).getParentSpanId()).isEqualTo(evaluation.getSpanId());
    }
  }

  private static SpanData named(List<SpanData> spans, String name) {
    return spans.stream().filter(span -> span.getName().equals(name)).findFirst().orElseThrow();
  }
}
