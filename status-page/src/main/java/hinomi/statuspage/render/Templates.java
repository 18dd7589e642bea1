package hinomi.statuspage.render;

import hinomi.model.Language;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import org.thymeleaf.TemplateEngine;
import org.thymeleaf.context.Context;
import org.thymeleaf.context.ITemplateContext;
import org.thymeleaf.messageresolver.AbstractMessageResolver;
import org.thymeleaf.templateresolver.ClassLoaderTemplateResolver;

/// Thymeleaf with our templates from the class path and our words. Templates are part of the
/// product and never a user's. They hold no loop over a bar's cells: those are built in Java.
final class Templates {
  private final TemplateEngine engine = new TemplateEngine();

  Templates(Map<Language, Words> words) {
    ClassLoaderTemplateResolver resolver =
        new ClassLoaderTemplateResolver(Templates.class.getClassLoader());
    resolver.setPrefix("hinomi/statuspage/render/");
    resolver.setSuffix(".html");
    resolver.setCharacterEncoding("UTF-8");
    resolver.setCacheable(true);
    engine.setTemplateResolver(resolver);
    engine.setMessageResolver(new OwnWords(words));
  }

  String render(String template, Language language, Map<String, Object> variables) {
    return engine.process(template, new Context(language.locale(), variables));
  }

  /// `#{key(argument)}` in templates says what [Words] say.
  private static final class OwnWords extends AbstractMessageResolver {
    private final Map<Locale, Words> words = new java.util.HashMap<>();

    OwnWords(Map<Language, Words> all) {
      new EnumMap<>(all).forEach((language, some) -> words.put(language.locale(), some));
    }

    @Override
    public String resolveMessage(
        ITemplateContext context, Class<?> origin, String key, Object[] arguments) {
      Words some = words.get(context.getLocale());
      if (some == null) {
        throw new IllegalStateException("BUG: no words for " + context.getLocale());
      }
      return some.say(key, arguments);
    }

    @Override
    public String createAbsentMessageRepresentation(
        ITemplateContext context, Class<?> origin, String key, Object[] arguments) {
      throw new IllegalStateException("BUG: no words for " + key);
    }
  }
}
