package dev.cytoplane.controlplane;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import org.springframework.web.bind.annotation.RestController;

/** Features know each other in one direction only, and what answers HTTP is nobody else's business. */
@AnalyzeClasses(packagesOf = ControlPlane.class, importOptions = ImportOption.DoNotIncludeTests.class)
class BoundariesTest {

    private static final String[] GROUND = {
        "..tenancy..",
        "..problem..",
        "..page..",
        "..concurrency..",
        "..id..",
        "..json..",
        "..stream..",
        "..event..",
        "..audit.."
    };

    @ArchTest
    void featuresDoNotDependOnEachOtherInCircles(JavaClasses all) {
        slices().matching("dev.cytoplane.controlplane.(*)..")
                .should()
                .beFreeOfCycles()
                .check(all);
    }

    @ArchTest
    void theGroundKnowsNoFeature(JavaClasses all) {
        noClasses()
                .that()
                .resideInAnyPackage(GROUND)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "..organization..",
                        "..project..",
                        "..component..",
                        "..environment..",
                        "..pipeline..",
                        "..build..",
                        "..deployment..",
                        "..release..",
                        "..access..")
                .check(all);
    }

    @ArchTest
    void controllersAreReachedByHttpOnly(JavaClasses all) {
        classes()
                .that()
                .areAnnotatedWith(RestController.class)
                .should()
                .notBePublic()
                .check(all);
    }

    @ArchTest
    void theCompilerOfCellsIsPure(JavaClasses all) {
        noClasses()
                .that()
                .haveSimpleName("CellCompiler")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("java.sql..", "org.springframework..", "java.net.http..", "java.nio.file..")
                .check(all);
    }
}
