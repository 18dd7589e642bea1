package hinomi.alertengine.deliver.mail;

/// The mail server.
///
/// @param host empty when there is none
/// @param starttls required, with the server's certificate checked
/// @param username empty for no authentication
public record SmtpConfig(
    String host, int port, String from, boolean starttls, String username, String password) {
  /// Without the password.
  @Override
  public String toString() {
    return "SmtpConfig[" + host + ":" + port + "]";
  }
}
