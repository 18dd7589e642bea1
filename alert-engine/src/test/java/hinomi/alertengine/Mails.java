package hinomi.alertengine;

import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Properties;

/// Reads a mail as a mail program does.
final class Mails {
  private Mails() {}

  static String subject(String raw) {
    try {
      return parse(raw).getSubject();
    } catch (MessagingException e) {
      throw new AssertionError(e);
    }
  }

  static String plain(String raw) {
    try {
      MimeMultipart parts = (MimeMultipart) parse(raw).getContent();
      return parts.getBodyPart(0).getContent().toString();
    } catch (MessagingException | IOException e) {
      throw new AssertionError(e);
    }
  }

  private static MimeMessage parse(String raw) throws MessagingException {
    return new MimeMessage(
        Session.getInstance(new Properties()),
        new ByteArrayInputStream(raw.getBytes(StandardCharsets.UTF_8)));
  }
}
