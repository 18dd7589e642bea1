package hinomi.alertengine.template;

/// `host:port` taken apart, as Prometheus' `stripPort` and `stripDomain` do.
final class Hosts {
  private Hosts() {}

  static String withoutPort(String address) {
    int colon = portColon(address);
    return colon < 0 ? address : bare(address.substring(0, colon));
  }

  static String withoutDomain(String address) {
    int colon = portColon(address);
    String host = colon < 0 ? address : address.substring(0, colon);
    String port = colon < 0 ? "" : address.substring(colon);
    boolean isAddress = host.contains(":") || host.matches("\\d+\\.\\d+\\.\\d+\\.\\d+");
    int dot = host.indexOf('.');
    return isAddress || dot < 0 ? address : host.substring(0, dot) + port;
  }

  /// The colon before the port, or -1 when there is none (an IPv6 address has many).
  private static int portColon(String address) {
    int colon = address.lastIndexOf(':');
    if (address.startsWith("[")) {
      return colon > 0 && address.charAt(colon - 1) == ']' ? colon : -1;
    }
    return colon >= 0 && address.indexOf(':') == colon ? colon : -1;
  }

  private static String bare(String host) {
    return host.startsWith("[") && host.endsWith("]") ? host.substring(1, host.length() - 1) : host;
  }
}
