package hinomi.server;

import static org.assertj.core.api.Assertions.assertThat;

import hinomi.model.Language;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

final class ExplainCommandTest {
  private static String asked(String... arguments) {
    return CommandLine.populateCommand(new ExplainCommand(), arguments).asked().toString();
  }

  private static String complaint(String... arguments) {
    StringWriter told = new StringWriter();
    CommandLine command = new CommandLine(new ExplainCommand()).setErr(new PrintWriter(told, true));
    assertThat(command.execute(arguments)).isEqualTo(2);
    return told.toString().lines().findFirst().orElse("");
  }

  @Test
  void what_is_asked_has_the_alert_the_time_and_the_language() {
    assertThat(
            asked(
                "{alertname=\"Down\", host=\"a\"}",
                "--at",
                "2026-11-22T03:00:00+09:00",
                "--lang",
                "ja",
                "--server",
                "http://h:1"))
        .isEqualTo(
            "http://h:1/api/hinomi/v1/explain?format=text&lang=ja&alert=%7Balertname%3D%22Down%22%2C"
                + "+host%3D%22a%22%7D&at=2026-11-22T03%3A00%3A00%2B09%3A00");
    assertThat(asked("Down", "--lang=en"))
        .isEqualTo("http://127.0.0.1:8480/api/hinomi/v1/explain?format=text&lang=en&alert=Down");
  }

  @Test
  void mistakes_are_told_in_a_line() {
    assertThat(complaint()).isEqualTo("Missing required parameter: 'ALERT'");
    assertThat(complaint("Down", "--lang", "fr"))
        .isEqualTo("Invalid value for option '--lang': expected ja or en, got \"fr\"");
    assertThat(complaint("Down", "--att", "now")).startsWith("Unknown options: '--att', 'now'");
    assertThat(complaint("Down", "--server", "not a url"))
        .startsWith("Invalid value for option '--server': cannot convert 'not a url' to URI");
  }

  @Test
  void a_command_speaks_the_language_of_the_environment_or_else_english() {
    assertThat(LanguageOption.of(Locale.JAPAN)).isEqualTo(Language.JA);
    assertThat(LanguageOption.of(Locale.US)).isEqualTo(Language.EN);
    assertThat(LanguageOption.of(Locale.FRANCE)).isEqualTo(Language.EN);
  }
}
