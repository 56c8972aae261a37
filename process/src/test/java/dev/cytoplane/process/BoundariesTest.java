package dev.cytoplane.process;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;

/** Both the data plane and the launcher stand on this; it stands on neither, and on no framework. */
@AnalyzeClasses(packagesOf = Processes.class, importOptions = DoNotIncludeTests.class)
class BoundariesTest {

    @ArchTest
    void standsOnTheJdkAndItsTwoLibraries(JavaClasses all) {
        classes()
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(
                        "java..",
                        "dev.cytoplane.process..",
                        "org.slf4j..",
                        "tools.jackson..",
                        "com.fasterxml.jackson.annotation..",
                        "org.jspecify..")
                .check(all);
    }

    @ArchTest
    void onlyOneClassKnowsWhatLinuxLooksLike(JavaClasses all) {
        noClasses()
                .that()
                .doNotHaveSimpleName("OperatingSystem")
                .and()
                .resideOutsideOfPackage("java..")
                .and()
                .doNotHaveSimpleName("LinuxProcesses")
                .should()
                .dependOnClassesThat()
                .haveSimpleName("LinuxProcesses")
                .check(all);
    }
}
