package hinomi.pages;

import hinomi.model.Language;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.thymeleaf.TemplateEngine;
import org.thymeleaf.context.Context;
import org.thymeleaf.context.ITemplateContext;
import org.thymeleaf.messageresolver.AbstractMessageResolver;
import org.thymeleaf.templateresolver.ClassLoaderTemplateResolver;

/// Thymeleaf with a part's templates, from the package of its class, and its words. Templates are
/// part of the product and never a user's; what they print with `th:text` is escaped. Any thread.
public final class Templates {
  private final TemplateEngine engine = new TemplateEngine();

  public Templates(Class<?> home, Map<Language, Words> words) {
    ClassLoaderTemplateResolver resolver = new ClassLoaderTemplateResolver(home.getClassLoader());
    resolver.setPrefix(home.getPackageName().replace('.', '/') + "/");
    resolver.setSuffix(".html");
    resolver.setCharacterEncoding("UTF-8");
    resolver.setCacheable(true);
    engine.setTemplateResolver(resolver);
    engine.setMessageResolver(new OwnWords(words));
  }

  /// @param template file name without its ending
  public String render(String template, Language language, Map<String, Object> variables) {
    return engine.process(template, new Context(language.locale(), variables));
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
