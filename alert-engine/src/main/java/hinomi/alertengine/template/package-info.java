/// Go's text/template as far as Prometheus rules use it: [Template] parses once (lexer, parser) and
/// renders many times (run, functions, formats). What is left out: `define`, `template`, methods of
/// Go's own types. Nothing here reaches files, the network or Java classes.
@NullMarked
package hinomi.alertengine.template;

import org.jspecify.annotations.NullMarked;
