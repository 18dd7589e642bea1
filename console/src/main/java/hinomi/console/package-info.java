/// The engineers' pages: what is wrong, who knows, and where to look next; for whoever is awake at
/// 3 a.m., on a phone, in Japanese or English, with or without JavaScript.
///
/// The path: [hinomi.console.http] takes a request and refuses what comes from foreign pages →
/// [hinomi.console.form] reads what was typed, every mistake at once → [Console] asks the ports
/// ([ConsolePorts]), each on its own, so that one part that is down hides nothing of the others →
/// [hinomi.console.chart] draws series as SVG → [hinomi.console.render] prints the page.
@NullMarked
package hinomi.console;

import org.jspecify.annotations.NullMarked;
