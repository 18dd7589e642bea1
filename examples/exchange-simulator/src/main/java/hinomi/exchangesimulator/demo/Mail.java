package hinomi.exchangesimulator.demo;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A mail as it lies in the mailbox (RFC 5322).
final class Mail {
  private static final Pattern SUBJECT =
      Pattern.compile("^Subject: (.*(?:\r?\n[ \t].*)*)", Pattern.MULTILINE);
  private static final Pattern BETWEEN_WORDS = Pattern.compile("(?<=\\?=)\\s+(?==\\?)");
  private static final Pattern WORD = Pattern.compile("=\\?UTF-8\\?B\\?([^?]*)\\?=");

  private Mail() {}

  /// The subject as one reads it: unfolded, encoded words (RFC 2047, UTF-8 in base64) decoded.
  static String subject(String mail) {
    return SUBJECT
        .matcher(mail)
        .results()
        .map(found -> BETWEEN_WORDS.matcher(found.group(1)).replaceAll(""))
        .map(subject -> WORD.matcher(subject).replaceAll(word -> decoded(word.group(1))))
        .findFirst()
        .orElse("");
  }

  private static String decoded(String base64) {
    String text = new String(Base64.getDecoder().decode(base64), StandardCharsets.UTF_8);
    return Matcher.quoteReplacement(text);
  }
}
