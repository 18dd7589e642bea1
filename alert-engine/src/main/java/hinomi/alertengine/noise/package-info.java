/// What is too much for a person, such as alerts that come and go.
@NullMarked
package hinomi.alertengine.noise;

import org.jspecify.annotations.NullMarked;
