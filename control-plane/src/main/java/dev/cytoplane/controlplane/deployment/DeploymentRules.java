package dev.cytoplane.controlplane.deployment;

import dev.cytoplane.contracts.descriptor.ComponentType;
import dev.cytoplane.contracts.descriptor.Descriptor;
import dev.cytoplane.controlplane.cell.Offers;
import dev.cytoplane.controlplane.cell.Quantity;
import dev.cytoplane.controlplane.problem.Problem.FieldError;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * What a release needs of an environment before it may be deployed there. Pure: what it finds wrong names the field of
 * the descriptor.
 */
final class DeploymentRules {

    private DeploymentRules() {}

    /** A component of the same cell, as it is desired there. */
    record Neighbour(String name, ComponentType type, Descriptor descriptor) {}

    /** What is known of the components that connections may name. */
    interface Targets {
        /** Whether the organization has such a component. */
        boolean exists(String project, String component);

        /** What it offers in the environment; empty when it is not deployed there. */
        Optional<List<Offers.Endpoint>> offers(String project, String component);
    }

    /**
     * @param others the other components of the cell
     * @param values plain settings of the environment
     * @param secrets names of its secrets
     */
    record Candidate(
            String project,
            String component,
            ComponentType type,
            Descriptor descriptor,
            List<Neighbour> others,
            Map<String, String> values,
            Set<String> secrets) {}

    static List<FieldError> check(Candidate candidate, Targets targets) {
        List<FieldError> errors = new ArrayList<>();
        checkSettings(candidate, errors::add);
        checkPaths(candidate, errors::add);
        checkConnections(candidate, targets, errors::add);
        checkScale(candidate.descriptor(), errors::add);
        return errors;
    }

    private static void checkSettings(Candidate candidate, Consumer<FieldError> errors) {
        List<Descriptor.Setting> settings =
                Objects.requireNonNullElse(candidate.descriptor().configuration(), List.of());
        for (int i = 0; i < settings.size(); i++) {
            Descriptor.Setting setting = settings.get(i);
            String field = "configuration[%d].name".formatted(i);
            boolean secret = Boolean.TRUE.equals(setting.secret());
            if (secret && candidate.values().containsKey(setting.name())) {
                errors.accept(new FieldError(
                        field, setting.name() + " is a secret, and set as a plain setting here: set it as a secret"));
            }
            boolean given = candidate.secrets().contains(setting.name())
                    || setting.value() != null
                    || candidate.values().containsKey(setting.name());
            if (Boolean.TRUE.equals(setting.required()) && !given) {
                errors.accept(new FieldError(
                        field,
                        "%s is required and has no value here: set it as a %s"
                                .formatted(setting.name(), secret ? "secret" : "setting")));
            }
        }
    }

    private static void checkPaths(Candidate candidate, Consumer<FieldError> errors) {
        record Taken(String path, String by) {}
        List<Taken> taken = new ArrayList<>();
        for (Neighbour other : candidate.others()) {
            for (Offers.Endpoint endpoint : Offers.endpoints(other.name(), other.type(), other.descriptor())) {
                if (endpoint.isOfferedToOtherCells()) {
                    taken.add(new Taken(endpoint.path(), other.name() + "/" + endpoint.name()));
                }
            }
        }
        for (Offers.Endpoint endpoint :
                Offers.endpoints(candidate.component(), candidate.type(), candidate.descriptor())) {
            if (!endpoint.isOfferedToOtherCells()) {
                continue;
            }
            taken.stream()
                    .filter(it -> it.path().equals(endpoint.path()))
                    .findFirst()
                    .ifPresent(it -> errors.accept(new FieldError(
                            "endpoints[%d].path".formatted(endpoint.index()),
                            "%s is taken by %s in this cell: give one of them another path"
                                    .formatted(endpoint.path(), it.by()))));
            taken.add(new Taken(endpoint.path(), candidate.component() + "/" + endpoint.name()));
        }
    }

    private static void checkConnections(Candidate candidate, Targets targets, Consumer<FieldError> errors) {
        List<Offers.Connection> connections;
        try {
            connections = Offers.connections(candidate.descriptor());
        } catch (IllegalArgumentException e) {
            errors.accept(new FieldError("connections", String.valueOf(e.getMessage())));
            return;
        }
        Set<String> variables = new HashSet<>();
        for (Offers.Connection connection : connections) {
            if (!variables.add(connection.variable())) {
                errors.accept(new FieldError(
                        "connections[%d].variable".formatted(connection.index()),
                        connection.variable() + " is the variable of another connection too"));
            }
            if (connection.target() instanceof Offers.Target.Component target) {
                objection(candidate, target, targets)
                        .ifPresent(message -> errors.accept(
                                new FieldError("connections[%d].endpoint".formatted(connection.index()), message)));
            }
        }
    }

    /** A component that is there but not deployed yet may be named: calls are answered with 503 until it is. */
    private static Optional<String> objection(Candidate candidate, Offers.Target.Component target, Targets targets) {
        String project = Objects.requireNonNullElse(target.project(), candidate.project());
        boolean inside = project.equals(candidate.project());
        boolean itself = inside && target.component().equals(candidate.component());
        if (!itself && !targets.exists(project, target.component())) {
            return Optional.of(
                    "there is no component %s/%s in this organization".formatted(project, target.component()));
        }
        Optional<List<Offers.Endpoint>> offers = itself
                ? Optional.of(Offers.endpoints(candidate.component(), candidate.type(), candidate.descriptor()))
                : targets.offers(project, target.component());
        if (offers.isEmpty()) {
            return Optional.empty();
        }
        Optional<Offers.Endpoint> endpoint = offers.get().stream()
                .filter(it -> it.name().equals(target.endpoint()))
                .findFirst();
        if (endpoint.isEmpty()) {
            return Optional.of(
                    "%s/%s has no endpoint %s here".formatted(project, target.component(), target.endpoint()));
        }
        return inside || endpoint.get().isOfferedToOtherCells()
                ? Optional.empty()
                : Optional.of(
                        "%s/%s/%s is visible inside its own project only: its owners must offer it to the organization"
                                .formatted(project, target.component(), target.endpoint()));
    }

    private static void checkScale(Descriptor descriptor, Consumer<FieldError> errors) {
        Descriptor.Scale scale = descriptor.scale();
        if (scale == null) {
            return;
        }
        quantity("scale.memory", scale.memory(), Quantity::bytes, errors);
        quantity("scale.cpu", scale.cpu(), Quantity::milliCpu, errors);
    }

    private static void quantity(
            String field, @Nullable String text, ToLongFunction<String> parse, Consumer<FieldError> errors) {
        if (text == null) {
            return;
        }
        try {
            var _ = parse.applyAsLong(text);
        } catch (IllegalArgumentException e) {
            errors.accept(new FieldError(field, String.valueOf(e.getMessage())));
        }
    }
}
