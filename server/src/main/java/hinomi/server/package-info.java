/// The joints, nothing else: [Main] reads the command line, [AppConfig] the configuration, and
/// [App] builds the parts in the order of the data's path and joins their ports.
@NullMarked
package hinomi.server;

import org.jspecify.annotations.NullMarked;
