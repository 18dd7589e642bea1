package hinomi.alertengine.deliver.mail;

import hinomi.alertengine.deliver.AckLinks;
import hinomi.alertengine.deliver.Couriers;
import hinomi.alertengine.journal.Delivery;
import hinomi.alertengine.oncall.OnCall;
import hinomi.alertengine.oncall.Person;
import hinomi.model.Language;
import hinomi.model.Text;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Date;
import java.util.Optional;

/// Turns a delivery to a person into a MIME message: UTF-8, text and HTML alternatives, threaded by
/// group. The Message-ID is the delivery's id, so that a mail sent twice is one mail to a reader.
public record MailWriter(OnCall onCall, String from, AckLinks links) {
  /// Empty when nobody has that name any more.
  public Optional<byte[]> bytes(Delivery delivery) {
    return message(delivery, Session.getInstance(new java.util.Properties()))
        .map(message -> {
          try {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            message.writeTo(out);
            return out.toByteArray();
          } catch (IOException | MessagingException e) {
            throw new IllegalStateException("BUG: a mail cannot be written", e);
          }
        });
  }

  Optional<MimeMessage> message(Delivery delivery, Session session) {
    String name = Couriers.name(delivery.target());
    Optional<Person> person =
        delivery.target().startsWith(Couriers.MAIL + ":")
            ? Optional.of(behind(name))
            : onCall.person(name);
    return person.map(known -> message(delivery, known, session));
  }

  /// Whose address it is; an address that nobody has is a reader of Japanese without a name.
  private Person behind(String address) {
    return onCall.people().values().stream()
        .filter(person -> person.mail().equalsIgnoreCase(address))
        .findFirst()
        .orElseGet(() -> new Person(address, Text.same(address), Language.JA, address));
  }

  private MimeMessage message(Delivery delivery, Person person, Session session) {
    MailText text = MailText.of(delivery.notification(), person.language(), links.url(delivery));
    try {
      MimeMessage message = new Identified(session, id(delivery.id()));
      message.setFrom(new InternetAddress(from));
      message.setRecipient(
          Message.RecipientType.TO,
          new InternetAddress(person.mail(), person.name().in(person.language()), "UTF-8"));
      message.setSubject(text.subject(), "UTF-8");
      message.setSentDate(Date.from(delivery.notification().at()));
      String thread = id(delivery.groupId());
      message.setHeader("In-Reply-To", thread);
      message.setHeader("References", thread);
      message.setHeader("Auto-Submitted", "auto-generated");
      message.setHeader("X-Hinomi-Idempotency-Key", delivery.id());
      message.setHeader("X-Hinomi-Reason", delivery.notification().reason().word());
      message.setContent(new MimeMultipart("alternative", plain(text), html(text)));
      message.saveChanges();
      return message;
    } catch (MessagingException | IOException e) {
      throw new IllegalStateException("BUG: a mail cannot be built", e);
    }
  }

  private static MimeBodyPart plain(MailText text) throws MessagingException {
    MimeBodyPart part = new MimeBodyPart();
    part.setText(text.plain(), "UTF-8");
    return part;
  }

  private static MimeBodyPart html(MailText text) throws MessagingException {
    MimeBodyPart part = new MimeBodyPart();
    part.setText(text.html(), "UTF-8", "html");
    return part;
  }

  private static String id(String id) {
    return "<" + id + "@hinomi>";
  }

  /// A message that keeps the Message-ID it was given.
  private static final class Identified extends MimeMessage {
    private final String id;

    Identified(Session session, String id) {
      super(session);
      this.id = id;
    }

    @Override
    protected void updateMessageID() throws MessagingException {
      setHeader("Message-ID", id);
    }
  }
}
