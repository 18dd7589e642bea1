package hinomi.console.render;

import hinomi.model.Language;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.thymeleaf.TemplateEngine;
import org.thymeleaf.context.Context;
import org.thymeleaf.context.ITemplateContext;
import org.thymeleaf.messageresolver.AbstractMessageResolver;
import org.thymeleaf.templateresolver.ClassLoaderTemplateResolver;

/// Thymeleaf with our templates from the class path and our words. Templates are part of the
/// product and never a user's; whatever they print is escaped.
final class Templates {
  private final TemplateEngine engine = new TemplateEngine();

  Templates(Map<Language, Words> words) {
    ClassLoaderTemplateResolver resolver =
        new ClassLoaderTemplateResolver(Templates.class.getClassLoader());
    resolver.setPrefix("hinomi/console/render/");
    resolver.setSuffix(".html");
    resolver.setCharacterEncoding("UTF-8");
    resolver.setCacheable(true);
    engine.setTemplateResolver(resolver);
    engine.setMessageResolver(new OwnWords(words));
  }

  String render(String template, Language language, Map<String, Object> variables) {
    return readable(engine.process(template, new Context(language.locale(), variables)));
  }

  /// Log lines hold anything. What XML 1.0 (section 2.2) does not allow becomes U+FFFD.
  private static String readable(String html) {
    StringBuilder out = new StringBuilder(html.length());
    for (int i = 0; i < html.length(); i++) {
      char c = html.charAt(i);
      if (Character.isHighSurrogate(c)
          && i + 1 < html.length()
          && Character.isLowSurrogate(html.charAt(i + 1))) {
        out.append(c).append(html.charAt(++i));
      } else {
        out.append(allowed(c) ? c : '\uFFFD');
      }
    }
    return out.toString();
  }

  private static boolean allowed(char c) {
    return c == '\n'
        || c == '\t'
        || c == '\r'
        || (c >= ' ' && !Character.isSurrogate(c) && c != '\uFFFE' && c != '\uFFFF');
  }

  /// `#{key(argument)}` in templates says what [Words] say.
  private static final class OwnWords extends AbstractMessageResolver {
    private final Map<Locale, Words> words = new HashMap<>();

    OwnWords(Map<Language, Words> all) {
      all.forEach((language, some) -> words.put(language.locale(), some));
    }

    @Override
    public String resolveMessage(
        ITemplateContext context, Class<?> origin, String key, Object[] arguments) {
      Words some = words.get(context.getLocale());
      if (some == null) {
        throw new IllegalStateException("BUG: no words for " + context.getLocale());
      }
      return some.say(key, arguments == null ? new Object[0] : arguments);
    }

    @Override
    public String createAbsentMessageRepresentation(
        ITemplateContext context, Class<?> origin, String key, Object[] arguments) {
      throw new IllegalStateException("BUG: no words for " + key);
    }
  }
}
