package dev.cytoplane.gateway;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** Lanes depend on snapshot and policy, never the other way: the seam for a second lane. */
@AnalyzeClasses(packages = "dev.cytoplane.gateway", importOptions = DoNotIncludeTests.class)
class BoundariesTest {

    @ArchTest
    static final ArchRule whatALaneSharesKnowsNoLaneAndNoSpring = noClasses()
            .that()
            .resideInAnyPackage(
                    "..gateway.route..", "..gateway.snapshot..", "..gateway.policy..", "..gateway.identity..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "..gateway.lane..", "..gateway.listener..", "..gateway.upstream..", "org.springframework..");

    @ArchTest
    static final ArchRule policiesKnowNoHttpServer = noClasses()
            .that()
            .resideInAnyPackage("..gateway.route..", "..gateway.snapshot..", "..gateway.policy..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.netty..", "reactor..");

    @ArchTest
    static final ArchRule onlyTheSpringLaneKnowsSpring = noClasses()
            .that()
            .resideInAPackage("..gateway.*..")
            .and()
            .resideOutsideOfPackage("..gateway.lane.spring..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.springframework..")
            .because("the root package alone puts the process together");

    @ArchTest
    static final ArchRule noExpressionLanguage =
            noClasses().should().dependOnClassesThat().resideInAPackage("org.springframework.expression..");

    @ArchTest
    static final ArchRule noCycles =
            slices().matching("dev.cytoplane.gateway.(*)..").should().beFreeOfCycles();
}
