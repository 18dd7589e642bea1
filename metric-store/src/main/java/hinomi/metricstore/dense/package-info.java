/// The codec of closed blocks: a run of samples of one series as two columns, times and values,
/// each packed near its entropy and unpacked by loops that the compiler turns into vector
/// instructions.
///
/// The path of a column: [Scale] makes integers of doubles, [RunEncoder] chooses a prediction and a
/// window for what it leaves ([Spread]), and writes that as low bits side by side ([Planes]) below
/// a high digit that is packed by mixed radix ([Digits]) or entropy-coded ([Tans]). [RunDecoder]
/// goes the same way back.
@NullMarked
package hinomi.metricstore.dense;

import org.jspecify.annotations.NullMarked;
