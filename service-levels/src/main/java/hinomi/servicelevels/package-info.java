/// From measurements to uptime: `component` reads what there is to watch, `ledger` keeps what each
/// source claimed of it and since when, `uptime` folds the claims into one three-valued course a
/// component and counts it by day. [ServiceLevels] is the way in.
///
/// The rule behind every number, here and nowhere else:
///
/// * A source claims a condition from its evidence's `since` until its newest measurement's `at`
///   plus `validFor`. Otherwise it says nothing.
/// * A component is down while any of its own sources says down; else up while any says up; else
///   unknown.
/// * A component with children is as the worst of them (down, unknown, up), and down while one of
///   its own sources says so.
/// * Time that was not measured is unknown: before the first measurement, after a claim has
///   expired, while this program did not run. It is never counted as up or as down.
@NullMarked
package hinomi.servicelevels;

import org.jspecify.annotations.NullMarked;
