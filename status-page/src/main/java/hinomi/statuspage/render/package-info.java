/// A snapshot becomes an edition: pages from Thymeleaf templates, bars and badges as SVG, JSON,
/// Atom. The only user of CommonMark and the HTML sanitizer.
@NullMarked
package hinomi.statuspage.render;

import org.jspecify.annotations.NullMarked;
