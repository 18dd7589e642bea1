/// Who is woken, and in which order: `config/oncall/*.yaml` becomes an [OnCall].
@NullMarked
package hinomi.alertengine.oncall;

import org.jspecify.annotations.NullMarked;
