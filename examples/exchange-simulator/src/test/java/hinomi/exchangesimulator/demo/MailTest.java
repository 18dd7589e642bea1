package hinomi.exchangesimulator.demo;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class MailTest {
  @Test
  void subjectInEncodedWordsIsReadAsOneText() {
    String mail =
        """
        From: hinomi@localhost
        Subject: =?UTF-8?B?44CQ6Zqc5a6z44CR?=
         =?UTF-8?B?5rOo5paH?= 99%
        MIME-Version: 1.0

        Subject: of the body
        """;
    assertThat(Mail.subject(mail)).isEqualTo("【障害】注文 99%");
  }

  @Test
  void mailWithoutSubjectHasAnEmptyOne() {
    assertThat(Mail.subject("From: a@b\n\nhello")).isEmpty();
  }
}
