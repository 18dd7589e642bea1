/// Judges rules and routes that have no mistakes. The path: files are read with the places of their
/// rules ([hinomi.rulelint.read]), expressions become trees of which is known what labels come out
/// of them ([hinomi.rulelint.labels]), each rule is held against each check
/// ([hinomi.rulelint.check]), all of them against the routes ([hinomi.rulelint.route]) and, where
/// there is a store, against its series ([hinomi.rulelint.series]). [RuleLint] is the way in; a
/// comment `# hinomi-lint off: NAME` switches a check off.
@NullMarked
package hinomi.rulelint;

import org.jspecify.annotations.NullMarked;
