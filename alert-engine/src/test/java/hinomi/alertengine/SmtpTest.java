package hinomi.alertengine;

import static org.assertj.core.api.Assertions.assertThat;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import hinomi.model.Labels;
import hinomi.model.Sample;
import jakarta.mail.internet.MimeMessage;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

final class SmtpTest {
  @Test
  void pages_go_by_smtp_in_one_thread() throws Exception {
    GreenMail server = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
    server.start();
    try (World world = new World()) {
      world.rules(
          """
          groups:
          - name: g
            rules:
            - alert: Down
              expr: up == 0
              labels: {severity: page}
              annotations: {summary: "down\\r\\nBcc: evil@x.example", summary_ja: 停止}
          """);
      world.onCall(
          """
          people: [{id: sato, name: {ja: 佐藤 太郎}, language: ja, mail: sato@exchange.example}]
          ladders: [{id: default, steps: [{notify: [{person: sato}], wait: 1m}, {notify: [{person: sato}]}]}]
          """);
      world.answers.put(
          "up == 0", at -> List.of(new Sample(Labels.of("i", "a"), at.toEpochMilli(), 0)));
      world.delivery =
          "smtp: {host: 127.0.0.1, port: %d, from: hinomi@exchange.example}"
              .formatted(server.getSmtp().getPort());
      world.start();
      world.goTo(Duration.ofSeconds(90));
      MimeMessage[] mails = server.getReceivedMessages();
      assertThat(mails).hasSize(2);
      assertThat(mails[0].getSubject()).isEqualTo("【障害】停止");
      assertThat(mails[0].getAllRecipients()).hasSize(1);
      assertThat(mails[0].getAllRecipients()[0].toString()).contains("sato@exchange.example");
      assertThat(mails[0].getHeader("References")).isEqualTo(mails[1].getHeader("References"));
      assertThat(mails[0].getMessageID()).isNotEqualTo(mails[1].getMessageID());
      assertThat(world.mails()).isEmpty();
    } finally {
      server.stop();
    }
  }
}
