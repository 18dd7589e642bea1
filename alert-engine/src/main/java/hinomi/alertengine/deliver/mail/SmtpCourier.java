package hinomi.alertengine.deliver.mail;

import hinomi.alertengine.deliver.Courier;
import hinomi.alertengine.deliver.Outcome;
import hinomi.alertengine.journal.Delivery;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.MimeMessage;
import java.time.Duration;
import java.util.Optional;
import java.util.Properties;
import org.eclipse.angus.mail.smtp.SMTPAddressFailedException;
import org.eclipse.angus.mail.smtp.SMTPSendFailedException;
import org.eclipse.angus.mail.smtp.SMTPSenderFailedException;

/// Hands mails to an SMTP server (RFC 5321). A 5xx answer is a refusal, all else is tried again.
public final class SmtpCourier implements Courier {
  private static final String TIMEOUT_MILLIS = "10000";

  private final MailWriter writer;
  private final SmtpConfig config;
  private final Session session;

  public SmtpCourier(SmtpConfig config, MailWriter writer) {
    this.config = config;
    this.writer = writer;
    Properties properties = new Properties();
    properties.put("mail.smtp.host", config.host());
    properties.put("mail.smtp.port", Integer.toString(config.port()));
    properties.put("mail.smtp.connectiontimeout", TIMEOUT_MILLIS);
    properties.put("mail.smtp.timeout", TIMEOUT_MILLIS);
    properties.put("mail.smtp.writetimeout", TIMEOUT_MILLIS);
    properties.put("mail.smtp.auth", Boolean.toString(!config.username().isEmpty()));
    properties.put("mail.smtp.starttls.enable", Boolean.toString(config.starttls()));
    properties.put("mail.smtp.starttls.required", Boolean.toString(config.starttls()));
    properties.put("mail.smtp.ssl.checkserveridentity", "true");
    this.session = Session.getInstance(properties);
  }

  @Override
  public Outcome carry(Delivery delivery) {
    Optional<MimeMessage> message = writer.message(delivery, session);
    if (message.isEmpty()) {
      return new Outcome.Refused("no such person: " + delivery.target());
    }
    try (Transport transport = session.getTransport("smtp")) {
      if (config.username().isEmpty()) {
        transport.connect();
      } else {
        transport.connect(config.host(), config.port(), config.username(), config.password());
      }
      transport.sendMessage(message.get(), message.get().getAllRecipients());
      return new Outcome.Sent("SMTP " + config.host() + ":" + config.port());
    } catch (MessagingException e) {
      return failed(e);
    }
  }

  private static Outcome failed(MessagingException thrown) {
    Exception at = thrown;
    while (at != null) {
      int code =
          switch (at) {
            case SMTPAddressFailedException e -> e.getReturnCode();
            case SMTPSenderFailedException e -> e.getReturnCode();
            case SMTPSendFailedException e -> e.getReturnCode();
            default -> 0;
          };
      if (code / 100 == 5) {
        return new Outcome.Refused("SMTP " + code + ": " + at.getMessage());
      }
      at = at instanceof MessagingException nested ? nested.getNextException() : null;
    }
    return new Outcome.Later(
        thrown.getClass().getSimpleName() + ": " + thrown.getMessage(), Duration.ZERO);
  }
}
