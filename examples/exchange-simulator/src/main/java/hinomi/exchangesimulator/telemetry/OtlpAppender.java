package hinomi.exchangesimulator.telemetry;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.logs.LogRecordBuilder;
import io.opentelemetry.api.logs.Severity;
import io.opentelemetry.sdk.logs.SdkLoggerProvider;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.event.KeyValuePair;

/// Gives Logback's events to the OpenTelemetry SDK. Logback makes it from `logback.xml` before the
/// SDK exists, so the SDK is connected later; what is logged before goes to the console alone.
public final class OtlpAppender extends AppenderBase<ILoggingEvent> {
  private static final AtomicReference<@Nullable SdkLoggerProvider> LOGGERS =
      new AtomicReference<>();

  static void connect(SdkLoggerProvider provider) {
    LOGGERS.set(provider);
  }

  static void disconnect() {
    LOGGERS.set(null);
  }

  @Override
  protected void append(ILoggingEvent event) {
    SdkLoggerProvider provider = LOGGERS.get();
    if (provider == null) {
      return;
    }
    LogRecordBuilder line =
        provider
            .get(event.getLoggerName())
            .logRecordBuilder()
            .setTimestamp(event.getTimeStamp(), TimeUnit.MILLISECONDS)
            .setSeverity(severity(event))
            .setSeverityText(event.getLevel().toString())
            .setBody(text(event));
    line.setAttribute(AttributeKey.stringKey("thread"), event.getThreadName()).emit();
  }

  private static String text(ILoggingEvent event) {
    StringBuilder text = new StringBuilder(event.getFormattedMessage());
    if (event.getKeyValuePairs() != null) {
      for (KeyValuePair pair : event.getKeyValuePairs()) {
        text.append(' ').append(pair.key).append('=').append(pair.value);
      }
    }
    return text.toString();
  }

  private static Severity severity(ILoggingEvent event) {
    return switch (event.getLevel().toInt()) {
      case ch.qos.logback.classic.Level.ERROR_INT -> Severity.ERROR;
      case ch.qos.logback.classic.Level.WARN_INT -> Severity.WARN;
      case ch.qos.logback.classic.Level.INFO_INT -> Severity.INFO;
      default -> Severity.DEBUG;
    };
  }
}
