/// The log index over HTTP: Loki's query API, as Grafana's Loki data source calls it, and a search
/// for words of our own.
@NullMarked
package hinomi.logindexer.http;

import org.jspecify.annotations.NullMarked;
