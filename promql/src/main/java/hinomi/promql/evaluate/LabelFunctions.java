package hinomi.promql.evaluate;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import hinomi.model.BadInput;
import hinomi.model.Labels;
import hinomi.model.OverLimit;
import hinomi.model.RegexCost;
import hinomi.promql.parse.Quoting;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Functions that rewrite labels and leave values alone.
final class LabelFunctions {
  private static final java.util.regex.Pattern REFERENCE =
      java.util.regex.Pattern.compile("\\$(?:\\$|(\\w+)|\\{(\\w+)\\})");

  /// Of a label that is made.
  private static final int LONGEST = 65_536;

  private LabelFunctions() {}

  static Map<String, Functions.OfCall> all() {
    return Map.of("label_replace", LabelFunctions::replace, "label_join", LabelFunctions::join);
  }

  private static Value replace(Arguments arguments) {
    String target = target(arguments, "label_replace");
    String replacement = arguments.text(2);
    String source = arguments.text(3);
    Pattern pattern = pattern(arguments.text(4));
    Rows rows = new Rows();
    for (Row row : arguments.vector(0).rows()) {
      Matcher matcher = pattern.matcher(row.labels().get(source));
      Labels labels =
          matcher.matches()
              ? set(row.labels(), target, expanded(replacement, matcher, pattern))
              : row.labels();
      rows.add(row.with(labels));
    }
    return rows.vector();
  }

  /// A metric's name that is set on purpose stays.
  private static Labels set(Labels labels, String name, String value) {
    return (name.equals(Labels.NAME) ? Naming.plain(labels) : labels).with(name, value);
  }

  private static Pattern pattern(String regex) {
    RegexCost.check(regex);
    try {
      return Pattern.compile("^(?s:" + regex + ")$");
    } catch (PatternSyntaxException e) {
      throw new BadInput("invalid regular expression in label_replace(): " + regex, e);
    }
  }

  /// As Go expands templates: `$name` takes all word characters, an unknown group is empty.
  private static String expanded(String template, Matcher matcher, Pattern pattern) {
    StringBuilder out = new StringBuilder();
    java.util.regex.Matcher reference = REFERENCE.matcher(template);
    int from = 0;
    while (reference.find()) {
      out.append(template, from, reference.start());
      from = reference.end();
      String bare = reference.group(1);
      String name = bare == null ? reference.group(2) : bare;
      out.append(name == null ? "$" : group(name, matcher, pattern));
      refuseLonger(out.length(), "label_replace");
    }
    return out.append(template.substring(from)).toString();
  }

  private static String group(String name, Matcher matcher, Pattern pattern) {
    Integer named = pattern.namedGroups().get(name);
    int index = named != null ? named : name.matches("[0-9]{1,4}") ? Integer.parseInt(name) : -1;
    String text = index < 0 || index > matcher.groupCount() ? null : matcher.group(index);
    return text == null ? "" : text;
  }

  private static Value join(Arguments arguments) {
    String target = target(arguments, "label_join");
    String separator = arguments.text(2);
    List<String> sources = new ArrayList<>();
    for (int i = 3; i < arguments.count(); i++) {
      String source = arguments.text(i);
      if (!Quoting.isLabelName(source)) {
        throw new BadInput("invalid source label name in label_join(): " + source);
      }
      sources.add(source);
    }
    Rows rows = new Rows();
    for (Row row : arguments.vector(0).rows()) {
      List<String> values = sources.stream().map(row.labels()::get).toList();
      refuseLonger(length(values, separator), "label_join");
      rows.add(row.with(set(row.labels(), target, String.join(separator, values))));
    }
    return rows.vector();
  }

  private static long length(List<String> values, String separator) {
    long length = (long) separator.length() * values.size();
    for (String value : values) {
      length += value.length();
    }
    return length;
  }

  /// A short expression makes a long text for each of many series.
  private static void refuseLonger(long length, String function) {
    if (length > LONGEST) {
      throw OverLimit.cost(
          String.format(
              "%s would make a label longer than the limit of %,d characters", function, LONGEST));
    }
  }

  private static String target(Arguments arguments, String function) {
    String target = arguments.text(1);
    if (!Quoting.isLabelName(target)) {
      throw new BadInput("invalid destination label name in " + function + "(): " + target);
    }
    return target;
  }
}
