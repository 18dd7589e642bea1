/// Turns data into pages that reach a person. The path, one package a stage:
///
/// A rule file becomes groups of rules ([hinomi.alertengine.rule], with texts from
/// [hinomi.alertengine.template]). A group is evaluated on its slots, and at once when samples that
/// it looks at arrive ([hinomi.alertengine.evaluate]); what the query answers moves each alert
/// through pending, firing and resolved ([hinomi.alertengine.state]); a rule may be bound to phases
/// of a market ([hinomi.alertengine.calendar]). What other servers evaluated comes in beside them
/// ([hinomi.alertengine.external]). Alerts that changed are routed ([hinomi.alertengine.route],
/// read from an Alertmanager's file by [hinomi.alertengine.alertmanager]) into groups that are told
/// about as one ([hinomi.alertengine.group]). When a group is due, each of its alerts is judged:
/// silenced ([hinomi.alertengine.silence]), inhibited, outside its times, the consequence of
/// another ([hinomi.alertengine.mute]), coming and going ([hinomi.alertengine.noise]), or told. A
/// group climbs its ladder ([hinomi.alertengine.oncall], [hinomi.alertengine.escalate]) until
/// somebody acknowledges. State, groups, outbox rows and the reasons of every decision are written
/// in one transaction ([hinomi.alertengine.journal]); from the outbox the deliveries leave by mail,
/// webhook or into a local mailbox ([hinomi.alertengine.deliver]). What became of them is told to
/// those who keep incidents ([hinomi.alertengine.chronicle]).
///
/// [AlertEngine] joins the stages; what it needs of others are the one-method ports of
/// [AlertPorts]; [hinomi.alertengine.http.AlertApi] shows it and takes acknowledgements.
@NullMarked
package hinomi.alertengine;

import org.jspecify.annotations.NullMarked;
