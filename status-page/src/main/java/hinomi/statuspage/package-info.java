/// What customers see: the measured truth, in Japanese and English, on a listener of its own.
///
/// The path: [hinomi.statuspage.snapshot] takes what the two ports say at one moment →
/// [hinomi.statuspage.render] prints an edition of it, every page and document in both languages,
/// once as it is and once as it must read when nobody refreshes it any more →
/// [hinomi.statuspage.publish] copies the edition to a directory for static hosting, and
/// [hinomi.statuspage.http] serves its bytes. [StatusPage] swaps editions; nothing is rendered for
/// a request, so a crowd costs no more than its bytes and cannot reach anything behind the page.
@NullMarked
package hinomi.statuspage;

import org.jspecify.annotations.NullMarked;
