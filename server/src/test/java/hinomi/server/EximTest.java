package hinomi.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import hinomi.model.Labels;
import hinomi.model.Sample;
import jakarta.mail.Address;
import jakarta.mail.BodyPart;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Mails go through Debian's own mail server, where there is one (`exim4`), and are read as it kept
/// them.
final class EximTest {
  @TempDir Path top;

  @Test
  void aMailServerKeepsMailsThatJapaneseAndEnglishReadersCanRead() throws Exception {
    String zone = "東京\r\nBcc: thief@example.jp\u760D\u760ABcc: thief@example.jp";
    try (Tool.Started _ = exim();
        Running app = new Running(site().read(smtp()))) {
      assertThat(app.write(sample(zone, app.now().toEpochMilli())).status()).isEqualTo(204);
      List<MimeMessage> mails =
          Eventually.found("two mails", () -> Optional.of(kept()).filter(all -> all.size() == 2));
      MimeMessage japanese = to(mails, "sato@example.jp");
      MimeMessage english = to(mails, "smith@example.jp");

      assertThat(japanese.getSubject()).startsWith("【障害】注文の応答に");
      assertThat(english.getSubject()).contains("Orders wait");
      assertThat(text(japanese, 0)).contains("注文の応答に2sかかっています", "東京");
      assertThat(text(english, 0)).contains("Orders wait 2s");
      assertThat(text(japanese, 1)).contains("<html lang=\"ja\"", "注文の応答に2sかかっています");
      assertThat(text(english, 1)).contains("<html lang=\"en\"");
      assertThat(japanese.getAllRecipients()).extracting(EximTest::name).containsExactly("佐藤");
      for (MimeMessage mail : mails) {
        assertThat(mail.getAllRecipients()).hasSize(1);
        assertThat(mail.getHeader("Bcc")).isNull();
        assertThat(mail.getHeader("Message-ID")).hasSize(1);
        assertThat(mail.getHeader("Auto-Submitted")).containsExactly("auto-generated");
      }
      assertThat(raw().lines())
          .as("RFC 5322, 2.1.1")
          .allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(998));
      assertThat(raw().getBytes(StandardCharsets.ISO_8859_1))
          .as("readable by servers that take seven bits")
          .doesNotContain(nonAscii());
      assertThat(recipients()).as("of the envelopes").doesNotContain("thief@example.jp");
    }
  }

  private static byte[] nonAscii() {
    byte[] all = new byte[128];
    for (int i = 0; i < all.length; i++) {
      all[i] = (byte) (i + 128);
    }
    return all;
  }

  private static String name(Address address) {
    return ((jakarta.mail.internet.InternetAddress) address).getPersonal();
  }

  private static Sample sample(String zone, long at) {
    return new Sample(Labels.of(Labels.NAME, "order_latency_seconds", "zone", zone), at, 2);
  }

  private Site site() {
    return Site.small(top)
        .with(
            "oncall/people.yaml",
            """
            people:
              - {id: sato, name: {ja: 佐藤, en: Sato}, language: ja, mail: sato@example.jp}
              - {id: smith, name: {ja: スミス, en: Smith}, language: en, mail: smith@example.jp}
            ladders:
              - id: default
                steps:
                  - {notify: [{person: sato}, {person: smith}], wait: 5m}
            """)
        .with(
            "rules/orders.yaml",
            """
            groups:
              - name: orders
                interval: 5s
                rules:
                  - alert: OrdersSlow
                    expr: order_latency_seconds > 0.5
                    labels: {severity: page, component: order-entry}
                    annotations:
                      summary: "Orders wait {{ $value | humanizeDuration }} in {{ $labels.zone }}"
                      summary_ja: "注文の応答に{{ $value | humanizeDuration }}かかっています（{{ $labels.zone }}）"
            """);
  }

  private int port;

  private String[] smtp() {
    return new String[] {
      "delivery.smtp.host", "127.0.0.1", "delivery.smtp.port", Integer.toString(port)
    };
  }

  /// A server that keeps all that it is sent in one file.
  private Tool.Started exim() throws IOException {
    Optional<Tool> exim = Tool.named("exim4");
    assumeTrue(exim.isPresent(), "Debian's exim4 is not here");
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    Path home = Files.createDirectories(top.resolve("exim"));
    Path file = home.resolve("exim.conf");
    Files.writeString(
        file,
        """
        primary_hostname = mx.example.jp
        local_interfaces = 127.0.0.1
        daemon_smtp_ports = %d
        spool_directory = HOME/spool
        log_file_path = HOME/%%slog
        pid_file_path = HOME/pid
        keep_environment =
        never_users =
        host_lookup =
        rfc1413_query_timeout = 0s
        tls_advertise_hosts =
        acl_smtp_rcpt = accept
        begin routers
        all:
          driver = accept
          transport = one_file
        begin transports
        one_file:
          driver = appendfile
          file = HOME/kept.mbox
          delivery_date_add
          envelope_to_add
          mode = 0666
        """
            .replace("HOME", home.toString())
            .formatted(port));
    // It steps down from root when it is given a configuration.
    for (Path folder : Stream.iterate(home, Path::getParent).limit(2).toList()) {
      assertThat(folder.toFile().setWritable(true, false)).isTrue();
      assertThat(folder.toFile().setReadable(true, false)).isTrue();
      assertThat(folder.toFile().setExecutable(true, false)).isTrue();
    }
    Tool.Started started =
        exim.get().start(home.resolve("said"), "-C", file.toString(), "-bdf", "-q1m");
    Eventually.seen("exim listens", this::listens);
    return started;
  }

  private boolean listens() {
    try (java.net.Socket _ = new java.net.Socket(InetAddress.getLoopbackAddress(), port)) {
      return true;
    } catch (IOException _) {
      return false;
    }
  }

  private String raw() {
    Path file = top.resolve("exim/kept.mbox");
    try {
      return Files.exists(file) ? Files.readString(file, StandardCharsets.ISO_8859_1) : "";
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private List<MimeMessage> kept() {
    return Arrays.stream(raw().split("(?m)^From .*\\n", -1))
        .filter(text -> !text.isBlank())
        .map(EximTest::parsed)
        .toList();
  }

  private static MimeMessage parsed(String text) {
    try {
      return new MimeMessage(
          Session.getInstance(new Properties()),
          new ByteArrayInputStream(text.getBytes(StandardCharsets.ISO_8859_1)));
    } catch (jakarta.mail.MessagingException e) {
      throw new AssertionError(text, e);
    }
  }

  private List<String> recipients() {
    return raw()
        .lines()
        .filter(line -> line.startsWith("Envelope-to: "))
        .map(line -> line.substring("Envelope-to: ".length()))
        .toList();
  }

  private static MimeMessage to(List<MimeMessage> mails, String address) throws Exception {
    for (MimeMessage mail : mails) {
      if (mail.getAllRecipients()[0].toString().contains(address)) {
        return mail;
      }
    }
    throw new AssertionError("no mail to " + address);
  }

  private static String text(MimeMessage mail, int part) throws Exception {
    BodyPart body = ((MimeMultipart) mail.getContent()).getBodyPart(part);
    return (String) body.getContent();
  }
}
