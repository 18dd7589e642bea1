/// Reads the host it runs on: processors, memory, disks, filesystems, network, clock, processes.
/// Names and labels are node_exporter's (1.5 and later) and process-exporter's, so that public
/// dashboards and rules work as they are. [hinomi.agent.host.HostReader] asks one
/// [hinomi.agent.host.Reading] after the other; one that fails is told of and the others go on.
@NullMarked
package hinomi.agent.host;

import org.jspecify.annotations.NullMarked;
