package dev.cytoplane.builder;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;

/** It runs in a pod beside the code of strangers, and in the control plane: neither lets it have more than it needs. */
@AnalyzeClasses(packagesOf = Builder.class, importOptions = DoNotIncludeTests.class)
class BoundariesTest {

    @ArchTest
    void itStandsOnFewLibraries(JavaClasses all) {
        classes()
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(
                        "java..",
                        "javax.net.ssl..",
                        "org.jspecify..",
                        "org.apache.commons.compress..",
                        "tools.jackson..",
                        "dev.cytoplane.contracts..",
                        "dev.cytoplane.builder..")
                .check(all);
    }

    @ArchTest
    void whatBuildsDoesNotKnowWhere(JavaClasses all) {
        noClasses()
                .that()
                .resideOutsideOfPackage("..builder.pod..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("..builder.pod..")
                .check(all);
        noClasses()
                .that()
                .resideOutsideOfPackage("..builder.pod..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("java.net.http..")
                .check(all);
    }

    @ArchTest
    void languagesDoNotKnowEachOther(JavaClasses all) {
        slices().matching("dev.cytoplane.builder.(java|node|site)..")
                .should()
                .notDependOnEachOther()
                .check(all);
    }
}
