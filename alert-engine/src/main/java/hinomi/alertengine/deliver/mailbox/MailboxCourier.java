package hinomi.alertengine.deliver.mailbox;

import hinomi.alertengine.deliver.Courier;
import hinomi.alertengine.deliver.Outcome;
import hinomi.alertengine.deliver.mail.MailWriter;
import hinomi.alertengine.journal.Delivery;
import hinomi.disk.Durably;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Optional;

/// Writes mails as `.eml` files, the way Maildir does: whole in `tmp/`, then renamed into `new/`.
/// The name is the delivery's id, so that a repeated attempt leaves one file.
public record MailboxCourier(Path folder, MailWriter writer) implements Courier {
  @Override
  public Outcome carry(Delivery delivery) {
    Optional<byte[]> mail = writer.bytes(delivery);
    if (mail.isEmpty()) {
      return new Outcome.Refused("no such person: " + delivery.target());
    }
    try {
      Path tmp = folder.resolve("tmp");
      Path fresh = folder.resolve("new");
      Durably.createFolder(tmp);
      Durably.createFolder(fresh);
      String name = delivery.createdAt().toEpochMilli() + "." + delivery.id() + ".eml";
      Path file = tmp.resolve(name);
      Files.write(file, mail.get());
      try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
        channel.force(true);
      }
      Durably.rename(file, fresh.resolve(name));
      return new Outcome.Sent("file " + name);
    } catch (IOException e) {
      return new Outcome.Later("cannot write the mailbox: " + e.getMessage(), Duration.ZERO);
    }
  }
}
