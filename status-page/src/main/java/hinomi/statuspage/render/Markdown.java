package hinomi.statuspage.render;

import java.util.List;
import java.util.TreeSet;
import org.commonmark.Extension;
import org.commonmark.ext.gfm.tables.TablesExtension;
import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.Heading;
import org.commonmark.node.Node;
import org.commonmark.parser.Parser;
import org.commonmark.renderer.html.HtmlRenderer;
import org.owasp.html.HtmlPolicyBuilder;
import org.owasp.html.PolicyFactory;

/// Post-mortems: CommonMark 0.31 with GFM tables becomes HTML that can do no harm. Raw HTML is
/// shown as text, pictures are dropped (they would tell a stranger who reads), links go to http,
/// https and mailto only; an allow-list of elements is the second net, the page's CSP the third.
/// Safe for any input: what is too long or too intricate to render fast is shown as it was written.
final class Markdown {
  /// Characters; a long post-mortem has 30,000.
  static final int MAX_LENGTH = 200_000;

  private static final int MAX_COLUMNS = 64;
  private static final List<Extension> EXTENSIONS = List.of(TablesExtension.create());
  private static final PolicyFactory ALLOWED =
      new HtmlPolicyBuilder()
          .allowElements(
              "p",
              "h3",
              "h4",
              "h5",
              "h6",
              "ul",
              "ol",
              "li",
              "blockquote",
              "pre",
              "code",
              "em",
              "strong",
              "hr",
              "br",
              "a",
              "table",
              "thead",
              "tbody",
              "tr",
              "th",
              "td")
          .allowAttributes("href")
          .onElements("a")
          .allowAttributes("start")
          .matching(java.util.regex.Pattern.compile("[0-9]{1,9}"))
          .onElements("ol")
          .allowAttributes("align")
          .matching(true, "left", "right", "center")
          .onElements("th", "td")
          .allowUrlProtocols("http", "https", "mailto")
          .requireRelsOnLinks("nofollow", "noopener", "noreferrer")
          .toFactory();

  private final Parser parser =
      Parser.builder().extensions(EXTENSIONS).maxOpenBlockParsers(32).maxInlineNesting(32).build();
  private final HtmlRenderer renderer =
      HtmlRenderer.builder()
          .extensions(EXTENSIONS)
          .escapeHtml(true)
          .sanitizeUrls(true)
          .softbreak("\n")
          .build();

  String html(String markdown) {
    if (markdown.length() > MAX_LENGTH || tooWide(markdown)) {
      String beginning = markdown.substring(0, Math.min(markdown.length(), MAX_LENGTH));
      return "<pre>"
          + Markup.escape(beginning)
          + (beginning.length() < markdown.length() ? "…" : "")
          + "</pre>";
    }
    Node document = parser.parse(markdown);
    fitHeadings(document);
    return ALLOWED.sanitize(renderer.render(document));
  }

  /// A row with too few cells is filled up: a wide head over many rows would multiply.
  private static boolean tooWide(String markdown) {
    return markdown
        .lines()
        .anyMatch(line -> line.chars().filter(c -> c == '|').count() > MAX_COLUMNS);
  }

  /// The page above has h1 and h2: whatever levels the author used begin at h3, without gaps.
  private static void fitHeadings(Node document) {
    TreeSet<Integer> used = new TreeSet<>();
    document.accept(
        new AbstractVisitor() {
          @Override
          public void visit(Heading heading) {
            used.add(heading.getLevel());
          }
        });
    List<Integer> levels = List.copyOf(used);
    document.accept(
        new AbstractVisitor() {
          @Override
          public void visit(Heading heading) {
            heading.setLevel(Math.min(6, 3 + levels.indexOf(heading.getLevel())));
          }
        });
  }
}
