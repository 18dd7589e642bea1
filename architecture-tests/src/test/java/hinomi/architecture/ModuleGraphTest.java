package hinomi.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

final class ModuleGraphTest {
  private static final JavaClasses CODE = new ClassFileImporter().importPackages("hinomi");
  private static final Map<String, List<String>> GRAPH = Sources.table("modules.txt");

  private static String root(String module) {
    return "hinomi." + module.replace("-", "");
  }

  private static String below(String module) {
    return root(module) + "..";
  }

  @TestFactory
  Stream<DynamicTest> aModuleKnowsOnlyWhatTheGraphSays() {
    return GRAPH.entrySet().stream()
        .map(entry ->
            DynamicTest.dynamicTest(
                entry.getKey(),
                () -> {
                  List<String> allowed = new ArrayList<>(List.of(below(entry.getKey())));
                  entry.getValue().forEach(other -> allowed.add(below(other)));
                  noClasses()
                      .that()
                      .resideInAPackage(below(entry.getKey()))
                      .should()
                      .dependOnClassesThat(
                          resideInAnyPackage("hinomi..")
                              .and(not(resideInAnyPackage(allowed.toArray(String[]::new)))))
                      .check(CODE);
                }));
  }

  @Test
  void everyPackageBelongsToAModuleOfTheGraph() {
    Set<String> unknown = new TreeSet<>();
    for (JavaClass type : CODE) {
      String place = type.getPackageName() + ".";
      if (!place.startsWith("hinomi.architecture.")
          && GRAPH.keySet().stream().noneMatch(module -> place.startsWith(root(module) + "."))) {
        unknown.add(type.getPackageName());
      }
    }
    assertThat(unknown).isEmpty();
  }

  @TestFactory
  Stream<DynamicTest> aThirdPartyIsSeenOnlyInItsQuarantine() {
    return Sources.table("quarantine.txt").entrySet().stream()
        .map(entry ->
            DynamicTest.dynamicTest(
                entry.getKey(),
                () ->
                    noClasses()
                        .that()
                        .resideInAPackage("hinomi..")
                        .and()
                        .resideOutsideOfPackages(entry.getValue().toArray(String[]::new))
                        .should()
                        .dependOnClassesThat()
                        .resideInAPackage(entry.getKey() + "..")
                        .check(CODE)));
  }

  @Test
  void onlyTheSystemsTimeReadsTheClock() {
    noClasses()
        .that()
        .doNotHaveFullyQualifiedName("hinomi.model.SystemTime")
        .and()
        .resideOutsideOfPackages("hinomi.exchangesimulator..")
        .should()
        .callMethod(Instant.class, "now")
        .orShould()
        .callMethod(System.class, "currentTimeMillis")
        .orShould()
        .callMethod(System.class, "nanoTime")
        .check(CODE);
  }

  @Test
  void nobodySleeps() {
    noClasses()
        .should()
        .callMethod(Thread.class, "sleep", long.class)
        .orShould()
        .callMethod(Thread.class, "sleep", java.time.Duration.class)
        .check(CODE);
  }

  @Test
  void nothingStaticChanges() {
    fields()
        .that()
        .areStatic()
        .and()
        .areDeclaredInClassesThat()
        .resideInAPackage("hinomi..")
        .should()
        .beFinal()
        .check(CODE);
  }

  @Test
  void classesAreFinalUnlessSealedOrAbstract() {
    classes()
        .that()
        .areNotInterfaces()
        .and()
        .areNotEnums()
        .and()
        .doNotHaveModifier(JavaModifier.ABSTRACT)
        .and()
        .areNotAnonymousClasses()
        .and()
        .resideOutsideOfPackage("hinomi.architecture..")
        .and(
            new com.tngtech.archunit.base.DescribedPredicate<JavaClass>("are no enum constants") {
              @Override
              public boolean test(JavaClass type) {
                return type.getRawSuperclass().map(s -> !s.isEnum()).orElse(true);
              }
            })
        .should()
        .haveModifier(JavaModifier.FINAL)
        .check(CODE);
  }

  @Test
  void namesSayARole() {
    noClasses()
        .should()
        .haveNameMatching(
            ".*(Manager|Helper|Util|Utils|Impl|Base|Common|Dto|Entity|Service|Processor)")
        .check(CODE);
  }

  @TestFactory
  Stream<DynamicTest> thePackagesOfAModuleFormNoCycle() {
    return GRAPH.keySet().stream()
        .map(module ->
            DynamicTest.dynamicTest(
                module,
                () ->
                    slices()
                        .matching(root(module) + ".(*)..")
                        .should()
                        .beFreeOfCycles()
                        .allowEmptyShould(true)
                        .check(CODE)));
  }
}
