package hinomi.alertengine;

import hinomi.alertengine.deliver.AckLinks;
import hinomi.alertengine.deliver.Courier;
import hinomi.alertengine.deliver.Couriers;
import hinomi.alertengine.deliver.mail.MailWriter;
import hinomi.alertengine.deliver.mail.SmtpConfig;
import hinomi.alertengine.deliver.mail.SmtpCourier;
import hinomi.alertengine.deliver.mailbox.MailboxCourier;
import hinomi.alertengine.deliver.webhook.WebhookCourier;
import hinomi.alertengine.oncall.Channel;
import java.util.HashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What messages leave by: mail servers, or a mailbox where none is named, and webhooks.
///
/// @param end lets go of what it holds
record Outlets(Courier courier, Runnable end) implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Outlets.class);

  /// The one of a replay.
  static Outlets of(Courier courier) {
    return new Outlets(courier, () -> {});
  }

  /// Those that the configuration names.
  static Outlets of(AlertEngineConfig config, AlertRouting routing, AckLinks links) {
    Map<String, Channel> channels = new HashMap<>(routing.onCall().channels());
    channels.putAll(routing.hooks());
    config.delivery().webhook().forEach(channel -> channels.put(channel.id(), channel));
    WebhookCourier webhooks = new WebhookCourier(channels, links);
    Courier mails = mails(config, routing, links);
    Courier all =
        new Couriers(
            Map.of(
                "person",
                mails,
                Couriers.MAIL,
                mails,
                "channel",
                webhooks,
                Couriers.WEBHOOK,
                webhooks,
                Couriers.HOOK,
                webhooks));
    return new Outlets(all, webhooks::close);
  }

  private static Courier mails(AlertEngineConfig config, AlertRouting routing, AckLinks links) {
    SmtpConfig own = config.delivery().smtp();
    SmtpConfig smtp = own.host().isEmpty() ? routing.smtp().stream().findFirst().orElse(own) : own;
    MailWriter writer = new MailWriter(routing.onCall(), smtp.from(), links);
    if (!smtp.host().isEmpty()) {
      return new SmtpCourier(smtp, writer);
    }
    log.atWarn()
        .addKeyValue("folder", config.delivery().mailbox())
        .log("no mail server is configured (delivery.smtp.host): mails land in a local mailbox");
    return new MailboxCourier(config.delivery().mailbox(), writer);
  }

  @Override
  public void close() {
    end.run();
  }
}
