package hinomi.server;

import static hinomi.testkit.Wire.bytes;
import static hinomi.testkit.Wire.field;
import static hinomi.testkit.Wire.fixed64;
import static hinomi.testkit.Wire.number;
import static hinomi.testkit.Wire.snappy;

import hinomi.model.Labels;
import hinomi.model.Sample;
import hinomi.wire.RemoteWrite;
import java.time.Instant;
import java.util.List;

/// A way into the product for data, with a body that is good.
///
/// @param headers name, value, …
@SuppressWarnings("ArrayRecordComponent") // never compared
record Door(String name, String path, List<String> headers, byte[] good) {
  private static final List<String> PROTOBUF = List.of("Content-Type", "application/x-protobuf");
  private static final List<String> JSON = List.of("Content-Type", "application/json");

  static Door remoteWrite(byte[] body) {
    return new Door(
        "remote write",
        "/api/v1/write",
        List.of("Content-Type", "application/x-protobuf", "Content-Encoding", "snappy"),
        body);
  }

  static Door otlpMetrics(byte[] body) {
    return new Door("OTLP metrics", "/v1/metrics", PROTOBUF, body);
  }

  static Door otlpLogs(byte[] body) {
    return new Door("OTLP logs", "/v1/logs", PROTOBUF, body);
  }

  static Door otlpJsonMetrics(String body) {
    return new Door("OTLP metrics in JSON", "/v1/metrics", JSON, bytes(body));
  }

  static Door otlpJsonLogs(String body) {
    return new Door("OTLP logs in JSON", "/v1/logs", JSON, bytes(body));
  }

  static Door loki(String body) {
    return new Door("Loki in JSON", "/loki/api/v1/push", JSON, bytes(body));
  }

  static Door lokiProtobuf(byte[] body) {
    return new Door("Loki in protobuf", "/loki/api/v1/push", PROTOBUF, body);
  }

  static Door pushgateway(String body) {
    return new Door(
        "Pushgateway",
        "/metrics/job/batch/shard/a",
        List.of("Content-Type", "text/plain; version=0.0.4"),
        bytes(body));
  }

  /// Every door with data of now.
  static List<Door> all(Instant now) {
    long millis = now.toEpochMilli();
    long nanos = millis * 1_000_000;
    Sample sample = new Sample(Labels.of(Labels.NAME, "good", "via", "rw"), millis, 1);
    byte[] point = field(1, fixed64(3, nanos), fixed64(4, Double.doubleToLongBits(1)));
    byte[] metric = field(2, field(1, bytes("good_otlp")), field(5, point));
    byte[] line = field(2, fixed64(1, nanos), field(5, field(1, bytes("a good line"))));
    byte[] entry =
        field(2, field(1, number(1, now.getEpochSecond())), field(2, bytes("a good line")));
    return List.of(
        remoteWrite(RemoteWrite.encode(List.of(sample))),
        otlpMetrics(field(1, field(2, metric))),
        otlpLogs(field(1, field(2, line))),
        new Door("OTLP traces", "/v1/traces", PROTOBUF, field(1, field(2, field(2)))),
        otlpJsonMetrics(
            """
            {"resourceMetrics":[{"scopeMetrics":[{"metrics":[{"name":"good_json","gauge":{
            "dataPoints":[{"timeUnixNano":"%d","asDouble":1}]}}]}]}]}\
            """
                .formatted(nanos)),
        otlpJsonLogs(
            """
            {"resourceLogs":[{"scopeLogs":[{"logRecords":[{"timeUnixNano":"%d","body":{
            "stringValue":"a good line"}}]}]}]}\
            """
                .formatted(nanos)),
        loki(
            """
            {"streams":[{"stream":{"job":"good"},"values":[["%d","a good line"]]}]}\
            """
                .formatted(nanos)),
        lokiProtobuf(snappy(field(1, field(1, bytes("{job=\"good\"}")), entry))),
        pushgateway("# TYPE good_pushed gauge\ngood_pushed{via=\"text\"} 1\n"));
  }

  Door with(byte[] body) {
    return new Door(name, path, headers, body);
  }

  /// The same with other headers, name, value, …
  Door with(String... other) {
    return new Door(name, path, List.of(other), good);
  }

  Running.Answer knock(Running app) {
    return app.send("POST", app.web() + path, good, headers.toArray(String[]::new));
  }

  @Override
  public String toString() {
    return name;
  }
}
