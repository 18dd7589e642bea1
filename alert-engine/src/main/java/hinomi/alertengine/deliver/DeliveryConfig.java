package hinomi.alertengine.deliver;

import hinomi.alertengine.deliver.mail.SmtpConfig;
import hinomi.alertengine.oncall.Channel;
import hinomi.settings.Section;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// Section `delivery`: how messages leave.
///
/// @param webhook told of every group; none, or one
/// @param smtp without a host, mails land in `mailbox`
/// @param mailbox folder for mails as files
public record DeliveryConfig(List<Channel> webhook, SmtpConfig smtp, Path mailbox) {
  public DeliveryConfig {
    webhook = List.copyOf(webhook);
  }

  /// Reads `webhook.url`, `webhook.secret-file`, `smtp.host`, `smtp.port`, `smtp.from`,
  /// `smtp.starttls`, `smtp.username`, `smtp.password-file`.
  public static DeliveryConfig from(Section section, Path mailbox) {
    Section webhook = section.section("webhook");
    String secret = file(webhook, "secret-file");
    List<Channel> channels =
        webhook.optionalText("url").filter(text -> !text.isEmpty()).isPresent()
            ? webhook.url("url").stream().map(url -> channel(url, secret)).toList()
            : List.of();
    Section smtp = section.section("smtp");
    return new DeliveryConfig(
        channels,
        new SmtpConfig(
            smtp.text("host", ""),
            smtp.port("port", 25),
            smtp.text("from", "hinomi@localhost"),
            smtp.flag("starttls", false),
            smtp.text("username", ""),
            file(smtp, "password-file")),
        mailbox);
  }

  private static Channel channel(URI url, String secret) {
    return new Channel(Couriers.WEBHOOK, url, secret);
  }

  /// A secret's file, read once, without the line's end.
  private static String file(Section section, String key) {
    return section.value(
        key,
        "",
        path -> {
          try {
            return Files.readString(Path.of(path)).strip();
          } catch (IOException e) {
            throw new IllegalArgumentException("cannot be read: " + e.getMessage(), e);
          }
        });
  }
}
