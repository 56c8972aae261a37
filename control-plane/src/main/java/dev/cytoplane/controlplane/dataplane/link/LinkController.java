package dev.cytoplane.controlplane.dataplane.link;

import dev.cytoplane.contracts.cell.CellStatus;
import dev.cytoplane.contracts.cell.CellTraffic;
import dev.cytoplane.contracts.json.ContractJson;
import dev.cytoplane.contracts.link.Enrolment;
import dev.cytoplane.contracts.link.Introduction;
import dev.cytoplane.contracts.link.TrafficReport;
import dev.cytoplane.controlplane.artifact.Artifacts;
import dev.cytoplane.controlplane.cell.CellFeed;
import dev.cytoplane.controlplane.cell.CellReports;
import dev.cytoplane.controlplane.cell.CellTraffics;
import dev.cytoplane.controlplane.problem.Problem;
import io.swagger.v3.oas.annotations.Hidden;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.FileSystemResource;
import org.springframework.core.io.Resource;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/**
 * What data planes may ask, which is {@link Enrolment#OPERATIONS} and nothing else. Not part of the public API: the
 * link has a listener of its own.
 */
@RestController
@RequestMapping("/link/v1")
@Hidden
class LinkController {

    private final Agents agents;
    private final Enrolments enrolments;
    private final Watches watches;
    private final CellReports reports;
    private final CellFeed cells;
    private final Artifacts artifacts;
    private final LogStreams logs;
    private final EndpointCalls calls;
    private final CellTraffics traffics;

    LinkController(
            Agents agents,
            Enrolments enrolments,
            Watches watches,
            CellReports reports,
            CellFeed cells,
            Artifacts artifacts,
            LogStreams logs,
            EndpointCalls calls,
            CellTraffics traffics) {
        this.agents = agents;
        this.enrolments = enrolments;
        this.watches = watches;
        this.reports = reports;
        this.cells = cells;
        this.artifacts = artifacts;
        this.logs = logs;
        this.calls = calls;
        this.traffics = traffics;
    }

    @PostMapping("/introductions")
    ResponseEntity<byte[]> introduce(@RequestBody byte[] body) {
        Introduction.Request request = LinkJson.read(body, Introduction.Request.class);
        LinkJson.required("handle", request.handle());
        return json(enrolments.introduce(request));
    }

    @PostMapping("/enrolments")
    ResponseEntity<byte[]> join(@RequestBody byte[] body) {
        Enrolment.Request request = LinkJson.read(body, Enrolment.Request.class);
        LinkJson.required("token", request.token());
        LinkJson.required("sealingKey", request.sealingKey());
        LinkJson.required("runtime", request.runtime());
        LinkJson.required("agentRequest", request.agentRequest());
        LinkJson.required("workloadAuthorityRequest", request.workloadAuthorityRequest());
        return json(enrolments.join(request));
    }

    @PostMapping("/certificates")
    ResponseEntity<byte[]> renew(HttpServletRequest http, @RequestBody byte[] body) {
        Agent agent = agents.require(http);
        Enrolment.Renewal request = LinkJson.read(body, Enrolment.Renewal.class);
        LinkJson.required("agentRequest", request.agentRequest());
        LinkJson.required("workloadAuthorityRequest", request.workloadAuthorityRequest());
        return json(enrolments.renew(agent, request));
    }

    @GetMapping("/cells")
    void watch(
            HttpServletRequest http,
            HttpServletResponse answer,
            @RequestParam(required = false) @Nullable Long revision)
            throws IOException {
        watches.serve(agents.require(http), revision, answer);
    }

    @PutMapping("/cells/{cell}/status")
    ResponseEntity<Void> report(HttpServletRequest http, @PathVariable String cell, @RequestBody byte[] body) {
        Agent agent = agents.require(http);
        CellStatus status = LinkJson.read(body, CellStatus.class);
        if (!cell.equals(LinkJson.required("cell", status.cell()))) {
            throw Problem.invalid("cell", "is another one than the path names");
        }
        LinkJson.required("components", status.components());
        LinkJson.required("conditions", status.conditions());
        reports.report(agent.dataPlane(), status);
        return ResponseEntity.noContent().build();
    }

    @PutMapping("/traffic")
    ResponseEntity<Void> traffic(HttpServletRequest http, @RequestBody byte[] body) {
        Agent agent = agents.require(http);
        TrafficReport report = LinkJson.read(body, TrafficReport.class);
        for (CellTraffic cell : LinkJson.required("cells", report.cells())) {
            LinkJson.required("cell", cell.cell());
            LinkJson.required("from", cell.from());
            LinkJson.required("until", cell.until());
            LinkJson.required("edges", cell.edges());
        }
        traffics.report(agent.dataPlane(), report.cells());
        return ResponseEntity.noContent().build();
    }

    /** Only what a cell of the caller runs: an artifact's digest is no secret. */
    @GetMapping("/artifacts/{digest}")
    ResponseEntity<Resource> artifact(HttpServletRequest http, @PathVariable String digest) {
        Agent agent = agents.require(http);
        return artifacts
                .find(digest)
                .filter(file -> cells.references(agent.dataPlane(), digest))
                .map(file -> ResponseEntity.ok()
                        .contentType(MediaType.parseMediaType("application/gzip"))
                        .<Resource>body(new FileSystemResource(file)))
                .orElseThrow(() -> Problem.notFound("artifact", digest));
    }

    @PostMapping("/log-streams/{id}")
    void logs(HttpServletRequest http, HttpServletResponse answer, @PathVariable UUID id) {
        logs.receive(agents.require(http), id, http, answer);
    }

    @PostMapping("/call-outcomes/{id}")
    ResponseEntity<Void> called(HttpServletRequest http, @PathVariable UUID id, @RequestBody byte[] body) {
        Agent agent = agents.require(http);
        calls.answer(agent, id, LinkJson.outcome(body));
        return ResponseEntity.noContent().build();
    }

    private static ResponseEntity<byte[]> json(Object value) {
        return ResponseEntity.ok().contentType(MediaType.APPLICATION_JSON).body(ContractJson.canonical(value));
    }
}
