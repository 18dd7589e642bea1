package hinomi.collector.http;

import hinomi.model.Unsupported;
import java.util.Locale;

/// Which message a remote write body holds, by its `Content-Type`: without a parameter it is 1.0.
enum RemoteWriteVersion {
  V1("prometheus.writerequest"),
  V2("io.prometheus.write.v2.request");

  private final String message;

  RemoteWriteVersion(String message) {
    this.message = message;
  }

  /// Anything but the two messages is [Unsupported]: a sender may try the other one then.
  static RemoteWriteVersion of(String contentType) {
    String[] parts = contentType.toLowerCase(Locale.ROOT).split(";");
    String type = parts[0].strip();
    String message = V1.message;
    for (int i = 1; i < parts.length; i++) {
      String part = parts[i].strip();
      if (part.startsWith("proto=")) {
        message = part.substring("proto=".length());
      }
    }
    if (type.isEmpty() || type.equals("application/x-protobuf")) {
      for (RemoteWriteVersion version : values()) {
        if (version.message.equals(message)) {
          return version;
        }
      }
    }
    throw new Unsupported(
        "Content-Type \""
            + contentType
            + "\" is not remote write: use application/x-protobuf, with"
            + " proto=io.prometheus.write.v2.Request for version 2.0");
  }
}
