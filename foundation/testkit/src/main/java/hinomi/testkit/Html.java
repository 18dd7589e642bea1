package hinomi.testkit;

import java.io.IOException;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;

/// Reads pages strictly, for tests that ask what stands where. Void elements (HTML, section 13.1.2)
/// are closed and empty attributes filled first; what is left must be well-formed XML.
public final class Html {
  private Html() {}

  /// A page.
  public static Document parse(String html) {
    String xml =
        html.replaceFirst("(?i)<!DOCTYPE html>", "")
            .replaceAll("<(meta|link|img|br|hr|input)((?:\\s[^<>]*?)?)\\s*/?>", "<$1$2/>")
            .replaceAll("\\s(defer|required)(?=[\\s/>])", " $1=\"\"");
    return xml(xml);
  }

  /// A document in XML, such as a feed or a picture.
  public static Document xml(String xml) {
    try {
      DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
      factory.setNamespaceAware(true);
      factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
      DocumentBuilder builder = factory.newDocumentBuilder();
      builder.setErrorHandler(null);
      return builder.parse(new InputSource(new StringReader(xml)));
    } catch (ParserConfigurationException | SAXException | IOException e) {
      throw new AssertionError("not well-formed: " + e.getMessage() + "\n" + xml, e);
    }
  }

  /// In the order of the document.
  public static List<Element> elements(Document document, Predicate<Element> which) {
    List<Element> found = new ArrayList<>();
    NodeList all = document.getElementsByTagName("*");
    for (int i = 0; i < all.getLength(); i++) {
      if (all.item(i) instanceof Element element && which.test(element)) {
        found.add(element);
      }
    }
    return found;
  }

  public static List<Element> named(Document document, String name) {
    return elements(document, element -> element.getLocalName().equals(name));
  }
}
