/// The agent of one host: read → spool → ship. [hinomi.agent.host] reads the machine,
/// [hinomi.agent.tail] follows log files; both put batches into a [hinomi.agent.spool] on disk, and
/// [hinomi.agent.ship] brings them to the server. [Agent] joins the stages. It knows the server by
/// its public protocols alone (remote write, OTLP), as any other agent does.
@NullMarked
package hinomi.agent;

import org.jspecify.annotations.NullMarked;
