/// Tests rules before they are live. The path: a test file in promtool's format
/// ([hinomi.ruletests.TestFileReader]) names rule files and has groups of tests
/// ([hinomi.ruletests.TestFile]); each group is a small world of series in memory and a clock of
/// its own, in which the alert engine evaluates the rules as it does live
/// ([hinomi.ruletests.TestGroupRun], [hinomi.ruletests.RuleWorld]); what came is held against what
/// was expected and told in promtool's words ([hinomi.ruletests.Wording]). Our own `.spec` files go
/// the same way ([hinomi.ruletests.SpecReader], [hinomi.ruletests.SpecRun]). [RuleTests] is the way
/// in.
@NullMarked
package hinomi.ruletests;

import org.jspecify.annotations.NullMarked;
