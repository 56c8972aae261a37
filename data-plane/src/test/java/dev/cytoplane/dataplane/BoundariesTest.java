package dev.cytoplane.dataplane;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import dev.cytoplane.dataplane.runtime.TaskSchedule;

/** What is wanted comes in by the link and goes through a runtime; nothing between the two knows either end. */
@AnalyzeClasses(packagesOf = DataPlane.class, importOptions = DoNotIncludeTests.class)
class BoundariesTest {

    @ArchTest
    void featuresDoNotDependOnEachOtherInCircles(JavaClasses all) {
        slices().matching("dev.cytoplane.dataplane.(*)..")
                .should()
                .beFreeOfCycles()
                .check(all);
    }

    @ArchTest
    void nothingKnowsWhichRuntimeRuns(JavaClasses all) {
        noClasses()
                .that()
                .resideInAPackage("..dataplane.*..")
                .and()
                .resideOutsideOfPackage("..dataplane.runtime.local..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("..dataplane.runtime.local..")
                .because("the root package alone chooses the runtime")
                .check(all);
    }

    @ArchTest
    void cellsRunWithoutALink(JavaClasses all) {
        noClasses()
                .that()
                .resideInAnyPackage(
                        "..dataplane.cell..",
                        "..dataplane.runtime..",
                        "..dataplane.gateway..",
                        "..dataplane.artifact..",
                        "..dataplane.status..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("..dataplane.link..")
                .check(all);
    }

    @ArchTest
    void whatComputesTouchesNoFileNoClockAndNoNetwork(JavaClasses all) {
        noClasses()
                .that()
                .haveSimpleName("Rollout")
                .or()
                .haveSimpleName("Derivation")
                .or()
                .haveSimpleName("Revisions")
                .or()
                .haveSimpleName("StatusReport")
                .or()
                .haveSimpleName("TrafficFigures")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("java.nio.file..", "java.net..", "java.util.concurrent..")
                .orShould()
                .dependOnClassesThat()
                .belongToAnyOf(java.time.Clock.class)
                .orShould()
                .callMethod(java.time.Instant.class, "now")
                .check(all);
    }

    @ArchTest
    void theStaticServerNeedsTheJdkOnly(JavaClasses all) {
        classes()
                .that()
                .resideInAPackage("..dataplane.site..")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage("java..", "com.sun.net.httpserver..", "org.jspecify..", "..dataplane.site..")
                .because("its process has nothing else on its class path")
                .check(all);
    }

    @ArchTest
    void onlyTheRootAndItsSettingsKnowSpring(JavaClasses all) {
        noClasses()
                .that()
                .resideInAPackage("..dataplane.*..")
                .and()
                .resideOutsideOfPackage("..dataplane.settings..")
                .and()
                // A schedule is read by Spring's class for that, which is a value and knows no container.
                .doNotHaveFullyQualifiedName(TaskSchedule.class.getName())
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.springframework..")
                .check(all);
    }
}
