package hinomi.promql;

import hinomi.promql.conformance.TestRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/// The module's own specification, in Prometheus' test language:
/// `src/test/resources/specification`.
class SpecificationTest {
  @TestFactory
  Stream<DynamicTest> specification() throws Exception {
    Path folder = Path.of(Objects.requireNonNull(getClass().getResource("/specification")).toURI());
    try (Stream<Path> files = Files.list(folder)) {
      List<Path> all = files.sorted().toList();
      return all.stream().map(SpecificationTest::test);
    }
  }

  private static DynamicTest test(Path file) {
    String name = String.valueOf(file.getFileName()).replace(".spec", "").replace('-', ' ');
    return DynamicTest.dynamicTest(name, file.toUri(), () -> run(file));
  }

  private static void run(Path file) throws IOException {
    new TestRun().runAll(file);
  }
}
