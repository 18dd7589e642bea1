/// What every part that prints pages for people needs: [Words] in both languages read from beside
/// the page's class, [Speech] that says times and lengths with them, [Templates] that print them,
/// and [Asset]s that may be kept for ever. It knows no page and no address.
@NullMarked
package hinomi.pages;

import org.jspecify.annotations.NullMarked;
