/// What there is to watch: the tree of components, from YAML.
@NullMarked
package hinomi.servicelevels.component;

import org.jspecify.annotations.NullMarked;
