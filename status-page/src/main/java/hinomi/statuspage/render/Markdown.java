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
  /// Characters; a long post-mortem has 30,000. Some hostile inputs take time by the square of
  /// their length: up to this one all are rendered within 100 ms.
  static final int MAX_RENDERED = 60_000;

  /// Characters that are shown as they were written when they are too many to be rendered.
  static final int MAX_SHOWN = 500_000;

  /// A row with too few cells is filled up: a wide head over many rows would multiply.
  private static final int MAX_CELLS = 20_000;

  private static final List<Extension> EXTENSIONS =
      List.of(TablesExtension.builder().maxCells(MAX_CELLS).build());
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
          .sanitizeUrls(false) // the allow-list below drops a link with any other scheme
          .softbreak("\n")
          .build();

  String html(String markdown) {
    if (markdown.length() > MAX_RENDERED) {
      return asWritten(markdown);
    }
    Node document;
    try {
      document = parser.parse(markdown);
    } catch (IllegalArgumentException e) {
      return asWritten(markdown); // more cells than allowed
    }
    fitHeadings(document);
    return ALLOWED.sanitize(renderer.render(document));
  }

  private static String asWritten(String markdown) {
    String beginning = markdown.substring(0, Math.min(markdown.length(), MAX_SHOWN));
    String rest = beginning.length() < markdown.length() ? "…" : "";
    return "<pre>" + Markup.escape(beginning) + rest + "</pre>";
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
