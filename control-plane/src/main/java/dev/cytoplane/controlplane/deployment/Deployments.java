package dev.cytoplane.controlplane.deployment;

import dev.cytoplane.contracts.descriptor.ComponentType;
import dev.cytoplane.controlplane.access.ComponentScope;
import dev.cytoplane.controlplane.audit.Actor;
import dev.cytoplane.controlplane.audit.Audit;
import dev.cytoplane.controlplane.cell.CellInput.Operation;
import dev.cytoplane.controlplane.cell.CellLock;
import dev.cytoplane.controlplane.cell.CellRef;
import dev.cytoplane.controlplane.configuration.Configurations;
import dev.cytoplane.controlplane.deployment.Deployment.Kind;
import dev.cytoplane.controlplane.environment.EnvironmentNames;
import dev.cytoplane.controlplane.page.Page;
import dev.cytoplane.controlplane.page.PageRequest;
import dev.cytoplane.controlplane.problem.Problem;
import dev.cytoplane.controlplane.release.Release;
import dev.cytoplane.controlplane.release.Releases;
import dev.cytoplane.controlplane.secret.Secrets;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Changes what an environment should run, and tells what it does run. Each change is a new deployment, which takes the
 * place of the one that was desired; changes of one cell wait for each other. What was live stays so until its successor
 * is.
 *
 * <p>A release enters a project's pipeline at its first stage, and a later stage only when it is live in the stage
 * before. A rollback brings back a release together with the plain settings it was deployed with; secrets stay as they
 * are, since a rotated secret must not come back.
 */
@Service
@Transactional
public class Deployments {

    private final DeploymentStore store;
    private final DeploymentChecks checks;
    private final DeploymentSettings limits;
    private final Places places;
    private final EnvironmentNames environments;
    private final Releases releases;
    private final Configurations configurations;
    private final Secrets secrets;
    private final CellLock locks;
    private final Audit audit;
    private final Clock clock;

    Deployments(
            DeploymentStore store,
            DeploymentChecks checks,
            DeploymentSettings limits,
            Places places,
            EnvironmentNames environments,
            Releases releases,
            Configurations configurations,
            Secrets secrets,
            CellLock locks,
            Audit audit,
            Clock clock) {
        this.store = store;
        this.checks = checks;
        this.limits = limits;
        this.places = places;
        this.environments = environments;
        this.releases = releases;
        this.configurations = configurations;
        this.secrets = secrets;
        this.locks = locks;
        this.audit = audit;
        this.clock = clock;
    }

    /** The kinds that bring something new, which can be taken back. */
    private static final Set<Kind> GOES_BACK = Set.of(Kind.DEPLOY, Kind.PROMOTE, Kind.CONFIGURATION);

    /** A component in an environment, locked until the transaction ends. */
    private record Slot(ComponentScope scope, UUID environmentId, String environment) {}

    /**
     * Deploys a release.
     *
     * @throws Problem 400 naming fields of the descriptor that do not fit the environment; 404 when there is no such
     *     release or environment; 409 when the pipeline does not let the release into the environment
     */
    public Deployment deploy(ComponentScope scope, String environment, String release) {
        Slot slot = lock(scope, environment);
        release(slot, release);
        requireStage(slot, release);
        return start(slot, release, Kind.DEPLOY, "Deploying " + release + ".");
    }

    /**
     * Brings a release one stage further.
     *
     * @param release null for what is live in the stage before
     */
    public Deployment promote(ComponentScope scope, String to, @Nullable String release) {
        Slot slot = lock(scope, to);
        String before = places.pipeline(scope.projectId())
                .before(to)
                .orElseThrow(() -> Problem.conflict(
                        "first-stage", to + " is the pipeline's first stage: deploy a release there instead."));
        String promoted = release != null
                ? release
                : liveRelease(scope, before)
                        .orElseThrow(() -> Problem.conflict(
                                "not-live-before", "Nothing of %s is live in %s.".formatted(scope.path(), before)));
        release(slot, promoted);
        requireStage(slot, promoted);
        return start(slot, promoted, Kind.PROMOTE, "Promoting %s from %s.".formatted(promoted, before));
    }

    /**
     * Goes back to an earlier deployment, without a build.
     *
     * @param deployment null for the last one before the current that was live
     */
    public Deployment rollback(ComponentScope scope, String environment, @Nullable UUID deployment) {
        Slot slot = lock(scope, environment);
        Deployment current =
                store.desired(scope.componentId(), slot.environmentId()).orElseThrow(() -> nothingDeployed(slot));
        Deployment target = deployment == null
                ? store.lastGoodBefore(current)
                        .orElseThrow(() -> Problem.conflict(
                                "nothing-to-roll-back-to",
                                "No earlier deployment of %s was live in %s.".formatted(scope.path(), environment)))
                : store.find(deployment)
                        .filter(it -> it.componentId().equals(scope.componentId())
                                && it.environmentId().equals(slot.environmentId())
                                && it.kind() != Kind.UNDEPLOY)
                        .orElseThrow(() -> Problem.notFound("deployment", deployment.toString()));
        return goBack(slot, target, "Rolling back to " + target.release() + ".");
    }

    /**
     * Goes back to what is still live after a deployment has failed, unless another one was made meanwhile. What goes back
     * itself, and what only operates the same release in another way, is left as it is.
     */
    Optional<Deployment> rollBackFailed(ComponentScope scope, UUID failed) {
        Optional<Deployment> known = store.find(failed).filter(it -> GOES_BACK.contains(it.kind()));
        if (known.isEmpty()) {
            return Optional.empty();
        }
        Slot slot = lock(scope, known.get().environment());
        Optional<Deployment> live = store.live(scope.componentId(), slot.environmentId());
        return store.desired(scope.componentId(), slot.environmentId())
                .filter(it -> it.id().equals(failed) && it.status() == DeploymentStatus.FAILED && live.isPresent())
                .map(it -> goBack(
                        slot,
                        live.get(),
                        "Rolling back to %s by itself, since %s failed."
                                .formatted(live.get().release(), it.release())));
    }

    private Deployment goBack(Slot slot, Deployment target, String message) {
        configurations.replace(
                slot.scope(),
                slot.environmentId(),
                slot.environment(),
                store.settings(target.id()).configuration(),
                null);
        return start(slot, target.release(), Kind.ROLLBACK, message);
    }

    /**
     * Replaces the instances by new ones of the same, one after the other is ready. What is desired says so by a number
     * that is one higher, so a data plane that was away does it when it is back, and does it once.
     */
    public Deployment restart(ComponentScope scope, String environment) {
        Slot slot = lock(scope, environment);
        Deployment current = running(slot);
        requireInstances(slot, current);
        Operation before = store.operation(current.id());
        return operate(
                slot,
                current,
                new Operation(before.replicas(), before.autoscaling(), before.restart() + 1),
                Kind.RESTART,
                "Replacing its instances by new ones.");
    }

    /**
     * Runs another number of instances in this environment, whichever release is deployed to it, until somebody says
     * otherwise.
     */
    Deployment scale(ComponentScope scope, String environment, Scaling scaling) {
        Slot slot = lock(scope, environment);
        Deployment current = running(slot);
        requireInstances(slot, current);
        Operation before = store.operation(current.id());
        if (scaling.holdsIn(before)) {
            return current;
        }
        return operate(slot, current, scaling.in(before), Kind.SCALE, scaling.sentence());
    }

    private Deployment running(Slot slot) {
        return store.desired(slot.scope().componentId(), slot.environmentId())
                .filter(it -> it.kind() != Kind.UNDEPLOY)
                .orElseThrow(() -> nothingDeployed(slot));
    }

    private void requireInstances(Slot slot, Deployment current) {
        ComponentType type = release(slot, current.release()).descriptor().type();
        if (type != null && type.isTask()) {
            throw Problem.conflict(
                    "no-instances",
                    "%s is a task: it has runs instead of instances. Start one with `cyto task run`."
                            .formatted(slot.scope().path()));
        }
    }

    /** The same release and settings as before, operated in another way. */
    private Deployment operate(Slot slot, Deployment current, Operation operation, Kind kind, String message) {
        DeploymentStore.Draft draft = new DeploymentStore.Draft(
                slot.scope(),
                slot.environmentId(),
                current.release(),
                kind,
                DeploymentStatus.PENDING,
                message,
                store.settings(current.id()),
                operation,
                true,
                current.id(),
                Actor.current().username(),
                clock.instant().plus(limits.deadline()));
        return insert(slot, current, draft);
    }

    /** Takes the component out of the environment. */
    public Deployment undeploy(ComponentScope scope, String environment) {
        Slot slot = lock(scope, environment);
        Deployment current = store.desired(scope.componentId(), slot.environmentId())
                .filter(it -> it.kind() != Kind.UNDEPLOY)
                .orElseThrow(() -> nothingDeployed(slot));
        return insert(slot, current, current.release(), Kind.UNDEPLOY, "Removing " + current.release() + ".");
    }

    /**
     * Deploys anew what is desired when its settings or secrets are not those it was made with. Does nothing else, so
     * it may be called at any time.
     */
    Optional<Deployment> refresh(ComponentScope scope, String environment, String why) {
        Slot slot = lock(scope, environment);
        return store.desired(scope.componentId(), slot.environmentId())
                .filter(it -> it.kind() != Kind.UNDEPLOY)
                .filter(it -> !store.settings(it.id()).equals(settings(slot)))
                .map(it -> start(slot, it.release(), Kind.CONFIGURATION, why));
    }

    /**
     * Deploys what was just built to the first stage, unless it is there. A refusal is kept as a failed deployment. Does
     * it once for a build, however often it is told of its end.
     */
    Optional<Deployment> deployBuilt(ComponentScope scope, UUID build, String release) {
        Optional<String> first = places.pipeline(scope.projectId()).first();
        if (first.isEmpty()) {
            return Optional.empty();
        }
        Slot slot = lock(scope, first.get());
        Optional<Deployment> known = store.builtBy(build);
        if (known.isPresent()) {
            return known;
        }
        Deployment deployment = deployBuilt(slot, release);
        store.rememberBuilt(scope.organizationId(), build, deployment.id());
        return Optional.of(deployment);
    }

    private Deployment deployBuilt(Slot slot, String release) {
        ComponentScope scope = slot.scope();
        Optional<Deployment> current = store.desired(scope.componentId(), slot.environmentId());
        if (current.filter(it -> it.release().equals(release)
                        && it.kind() != Kind.UNDEPLOY
                        && it.status() != DeploymentStatus.FAILED)
                .isPresent()) {
            return current.get();
        }
        try {
            return start(slot, release, Kind.DEPLOY, "Deploying " + release + ", which was just built.");
        } catch (Problem refusal) {
            UUID id = store.insert(draft(slot, release, Kind.DEPLOY, describe(refusal), DeploymentStatus.FAILED, null));
            store.announce(id, "deployment.created");
            return store.find(id).orElseThrow();
        }
    }

    /** In the tenancy of its organization. */
    @Transactional(readOnly = true)
    public Optional<Deployment> get(UUID id) {
        return store.find(id);
    }

    /** The deployment to the pipeline's first environment that a build led to by itself; empty until it is made. */
    @Transactional(readOnly = true)
    public Optional<Deployment> builtBy(UUID build) {
        return store.builtBy(build);
    }

    @Transactional(readOnly = true)
    Page<Deployment> list(
            ComponentScope scope,
            @Nullable String environment,
            @Nullable DeploymentStatus status,
            PageRequest request) {
        return store.list(scope.componentId(), environment, status, request);
    }

    /** @throws Problem 404 when there is no such environment, or when the component was deleted meanwhile */
    private Slot lock(ComponentScope scope, String environment) {
        UUID environmentId = environments.require(scope.organizationId(), environment);
        locks.hold(new CellRef(scope.organizationId(), scope.projectId(), environmentId));
        if (!places.hold(scope.componentId())) {
            throw Problem.notFound("component", scope.path());
        }
        return new Slot(scope, environmentId, environment);
    }

    private void requireStage(Slot slot, String release) {
        Optional<String> before = places.pipeline(slot.scope().projectId()).before(slot.environment());
        if (before.isPresent() && !liveRelease(slot.scope(), before.get()).equals(Optional.of(release))) {
            throw Problem.conflict(
                    "not-live-before",
                    "%s may enter %s when it is live in %s, and it is not."
                            .formatted(release, slot.environment(), before.get()));
        }
    }

    private Release release(Slot slot, String id) {
        return releases.find(slot.scope().componentId(), id)
                .orElseThrow(() -> Problem.notFound("release", slot.scope().path() + "/" + id));
    }

    private Optional<String> liveRelease(ComponentScope scope, String environment) {
        return store.live(scope.componentId(), environments.require(scope.organizationId(), environment))
                .map(Deployment::release);
    }

    private Deployment start(Slot slot, String releaseId, Kind kind, String message) {
        Release release = release(slot, releaseId);
        Places.Component component =
                places.component(slot.scope().componentId()).orElseThrow();
        checks.require(component, release, slot.environmentId(), settings(slot));
        Deployment before =
                store.desired(slot.scope().componentId(), slot.environmentId()).orElse(null);
        return insert(slot, before, releaseId, kind, message);
    }

    private Deployment insert(Slot slot, @Nullable Deployment before, String release, Kind kind, String message) {
        return insert(slot, before, draft(slot, release, kind, message, DeploymentStatus.PENDING, before));
    }

    private Deployment insert(Slot slot, @Nullable Deployment before, DeploymentStore.Draft draft) {
        if (before != null) {
            store.setDesired(before.id(), false);
        }
        UUID id = store.insert(draft);
        Map<String, Object> details = new LinkedHashMap<>();
        details.put("deployment", id);
        details.put("environment", slot.environment());
        details.put("release", draft.release());
        details.put("kind", draft.kind());
        if (draft.kind() == Kind.SCALE) {
            details.put("replicas", draft.operation().replicas());
            if (draft.operation().autoscaling() != null) {
                details.put("autoscaling", draft.operation().autoscaling());
            }
        }
        audit.record(
                slot.scope().organizationId(),
                "deployment.created",
                slot.scope().path(),
                details);
        if (before != null && !before.status().isSettled()) {
            store.move(before, DeploymentStatus.SUPERSEDED, "Another deployment took its place.", List.of());
        }
        store.announce(id, "deployment.created");
        return store.find(id).orElseThrow();
    }

    private DeploymentStore.Draft draft(
            Slot slot,
            String release,
            Kind kind,
            String message,
            DeploymentStatus status,
            @Nullable Deployment before) {
        return new DeploymentStore.Draft(
                slot.scope(),
                slot.environmentId(),
                release,
                kind,
                status,
                message,
                settings(slot),
                before == null ? Operation.NONE : store.operation(before.id()),
                status == DeploymentStatus.PENDING,
                before == null ? null : before.id(),
                Actor.current().username(),
                clock.instant().plus(limits.deadline()));
    }

    private DeploymentStore.Settings settings(Slot slot) {
        UUID componentId = slot.scope().componentId();
        return new DeploymentStore.Settings(
                configurations.get(componentId, slot.environmentId()).values(),
                secrets.versions(componentId, slot.environmentId()));
    }

    private static Problem nothingDeployed(Slot slot) {
        return Problem.conflict(
                "not-deployed",
                "%s is not deployed in %s.".formatted(slot.scope().path(), slot.environment()));
    }

    private static String describe(Problem refusal) {
        return refusal.errors().isEmpty()
                ? refusal.detail()
                : String.join(
                        "; ",
                        refusal.errors().stream()
                                .map(it -> it.field() + ": " + it.message())
                                .toList());
    }
}
