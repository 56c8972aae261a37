package dev.cytoplane.endtoend;

import org.junit.platform.suite.api.SelectClasses;
import org.junit.platform.suite.api.Suite;

/**
 * What needs the demo, as one class: each JVM of a run has a platform of its own, and one of them is enough to have the demo on
 * it. It comes first, since it takes longest.
 */
@Suite
@SelectClasses(
        names = {
            "dev.cytoplane.endtoend.console.ConsoleTest",
            "dev.cytoplane.endtoend.demo.DemoTest",
            "dev.cytoplane.endtoend.telemetry.TraceTest"
        })
class DemoSuiteTest {}
