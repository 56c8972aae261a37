package dev.cytoplane.controlplane.build.descriptor;

import dev.cytoplane.contracts.descriptor.ComponentType;
import dev.cytoplane.contracts.descriptor.Descriptor;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What a descriptor must fulfil beyond its types. Collects every mistake instead of ending at the first. */
final class DescriptorRules {

    record Finding(String field, String message) {}

    static final Pattern NAME = Pattern.compile("[a-z]([-a-z0-9]{0,38}[a-z0-9])?");
    static final Pattern VARIABLE = Pattern.compile("[A-Za-z_][A-Za-z0-9_]{0,127}");

    private static final Pattern PATH = Pattern.compile("/[A-Za-z0-9._~!$&'()+,;=:@/-]*");
    private static final Pattern PROBE_PATH = Pattern.compile("/[\\x21-\\x7e]{0,1023}");
    private static final Pattern SCOPE = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._:/-]{0,99}");
    private static final Set<String> METHODS = Set.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS");
    private static final Set<String> BUILDERS = Set.of("node", "java", "static");
    private static final String NAME_RULE =
            "has to be lower-case letters, digits and hyphens, starting with a letter, at most 40.";
    private static final int LIST_LIMIT = 100;
    private static final int TEXT_LIMIT = 4096;

    private final List<Finding> findings = new ArrayList<>();

    private DescriptorRules() {}

    static List<Finding> check(Descriptor descriptor) {
        DescriptorRules rules = new DescriptorRules();
        rules.header(descriptor);
        rules.build(descriptor.build());
        rules.run(descriptor.run());
        rules.endpoints(descriptor);
        rules.connections(descriptor.connections());
        rules.settings(descriptor.configuration());
        if (descriptor.probes() != null) {
            rules.probe("probes.readiness", descriptor.probes().readiness());
            rules.probe("probes.liveness", descriptor.probes().liveness());
        }
        rules.findings.addAll(ScaleRules.check(descriptor.scale()));
        rules.task(descriptor.task());
        if (descriptor.type() != null) {
            rules.type(descriptor, descriptor.type());
        }
        return rules.findings;
    }

    /** What does not fit to a type, be it declared or what the component was created as. */
    static List<Finding> check(Descriptor descriptor, ComponentType type) {
        DescriptorRules rules = new DescriptorRules();
        rules.type(descriptor, type);
        return rules.findings;
    }

    static String name(ComponentType type) {
        return type.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private void type(Descriptor descriptor, ComponentType type) {
        require(
                type.hasEndpoints()
                        || descriptor.endpoints() == null
                        || descriptor.endpoints().isEmpty(),
                "endpoints",
                "cannot be offered by a %s. Make it a service, or leave them out.".formatted(name(type)));
        if (!type.isTask()) {
            require(
                    descriptor.task() == null,
                    "task",
                    "is for a scheduled-task or a manual-task, and this is a %s.".formatted(name(type)));
            return;
        }
        boolean scheduled = descriptor.task() != null && descriptor.task().schedule() != null;
        require(
                scheduled || type == ComponentType.MANUAL_TASK,
                "task.schedule",
                "is missing: a scheduled-task needs one, for example \"0 3 * * *\". Without one it is a manual-task.");
        require(
                !scheduled || type == ComponentType.SCHEDULED_TASK,
                "task.schedule",
                "is for a scheduled-task. Leave it out, or make this one.");
        require(descriptor.probes() == null, "probes", "are not for a task, which ends by itself.");
        require(
                descriptor.scale() == null || descriptor.scale().replicas() == null,
                "scale.replicas",
                "is not for a task, which has no instances between its runs.");
        require(
                descriptor.scale() == null || descriptor.scale().autoscaling() == null,
                "scale.autoscaling",
                "is not for a task, which has no instances between its runs.");
    }

    private void task(Descriptor.@Nullable Task task) {
        if (task == null) {
            return;
        }
        if (task.schedule() != null) {
            Schedule.fault(task.schedule()).ifPresent(fault -> find("task.schedule", fault));
        }
        require(
                task.timeZone() == null || ZoneId.getAvailableZoneIds().contains(task.timeZone()),
                "task.timeZone",
                "has to be the name of a time zone, as Europe/Berlin or UTC.");
        range("task.timeoutSeconds", task.timeoutSeconds(), 1, 86_400);
        range("task.retries", task.retries(), 0, 10);
    }

    private void header(Descriptor descriptor) {
        require(
                Descriptor.API_VERSION.equals(descriptor.apiVersion()),
                "apiVersion",
                "has to be " + Descriptor.API_VERSION + ".");
        require(Descriptor.KIND.equals(descriptor.kind()), "kind", "has to be " + Descriptor.KIND + ".");
    }

    private void build(Descriptor.@Nullable Build build) {
        if (build == null) {
            return;
        }
        require(
                build.builder() == null || BUILDERS.contains(build.builder()),
                "build.builder",
                "has to be one of: java, node, static.");
        require(
                build.script() == null || build.script().matches("[A-Za-z0-9][A-Za-z0-9:._-]{0,63}"),
                "build.script",
                "has to be the name of an npm script.");
        require(
                build.output() == null || isInside(build.output()),
                "build.output",
                "has to be a path inside the source, without .. and without / in front.");
        variables("build.environment", build.environment());
    }

    private void run(Descriptor.@Nullable Run run) {
        if (run == null) {
            return;
        }
        List<String> command = run.command();
        if (command != null) {
            require(!command.isEmpty(), "run.command", "has to name a program.");
            texts("run.command", command);
        }
        variables("run.environment", run.environment());
        range("run.gracePeriodSeconds", run.gracePeriodSeconds(), 0, 300);
    }

    private void endpoints(Descriptor descriptor) {
        List<Descriptor.Endpoint> endpoints = descriptor.endpoints();
        if (endpoints == null || tooMany("endpoints", endpoints)) {
            return;
        }
        Set<String> names = new HashSet<>();
        Map<String, String> paths = new HashMap<>();
        for (int i = 0; i < endpoints.size(); i++) {
            Descriptor.Endpoint endpoint = endpoints.get(i);
            String at = "endpoints[" + i + "]";
            if (endpoint == null) {
                find(at, "is empty.");
                continue;
            }
            name(at + ".name", endpoint.name(), names);
            range(at + ".port", endpoint.port(), 1, 65535);
            path(at + ".basePath", endpoint.basePath());
            path(at + ".path", endpoint.path());
            if (endpoint.path() != null) {
                String other = paths.putIfAbsent(endpoint.path(), Objects.requireNonNullElse(endpoint.name(), at));
                require(other == null, at + ".path", "is the path of the endpoint %s already.".formatted(other));
            }
            require(
                    endpoint.schema() == null || isInside(endpoint.schema()),
                    at + ".schema",
                    "has to be a path inside the source.");
            security(at + ".security", endpoint.security());
        }
    }

    private void security(String at, Descriptor.@Nullable Security security) {
        if (security == null) {
            return;
        }
        scopes(at + ".scopes", security.scopes());
        List<Descriptor.Operation> operations = security.operations();
        if (operations == null || tooMany(at + ".operations", operations)) {
            return;
        }
        for (int i = 0; i < operations.size(); i++) {
            Descriptor.Operation operation = operations.get(i);
            String here = at + ".operations[" + i + "]";
            if (operation == null) {
                find(here, "is empty.");
                continue;
            }
            String path = operation.path();
            require(path != null, here + ".path", "is missing.");
            path(here + ".path", path != null && path.endsWith("/**") ? path.substring(0, path.length() - 2) : path);
            scopes(here + ".scopes", operation.scopes());
            List<String> methods = operation.methods();
            require(
                    methods == null || (!methods.isEmpty() && METHODS.containsAll(methods)),
                    here + ".methods",
                    "has to be a list of GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS.");
        }
    }

    private void connections(@Nullable List<Descriptor.Connection> connections) {
        if (connections == null || tooMany("connections", connections)) {
            return;
        }
        Set<String> names = new HashSet<>();
        for (int i = 0; i < connections.size(); i++) {
            Descriptor.Connection connection = connections.get(i);
            String at = "connections[" + i + "]";
            if (connection == null) {
                find(at, "is empty.");
                continue;
            }
            name(at + ".name", connection.name(), names);
            require(
                    (connection.endpoint() == null) != (connection.host() == null),
                    at,
                    "has to have exactly one of endpoint (another component's) and host (an external address).");
            if (connection.endpoint() != null) {
                String[] parts = connection.endpoint().split("/", -1);
                boolean names23 = parts.length == 2 || parts.length == 3;
                require(
                        names23
                                && List.of(parts).stream()
                                        .allMatch(part -> NAME.matcher(part).matches()),
                        at + ".endpoint",
                        "has to be component/endpoint, or project/component/endpoint.");
            }
            if (connection.host() != null) {
                require(
                        isHost(connection.host()),
                        at + ".host",
                        "has to be an address like https://api.example.com, without user, query and fragment.");
            }
            variable(at + ".variable", connection.variable());
        }
    }

    private void settings(@Nullable List<Descriptor.Setting> settings) {
        if (settings == null || tooMany("configuration", settings)) {
            return;
        }
        Set<String> names = new HashSet<>();
        for (int i = 0; i < settings.size(); i++) {
            Descriptor.Setting setting = settings.get(i);
            String at = "configuration[" + i + "]";
            if (setting == null) {
                find(at, "is empty.");
                continue;
            }
            require(setting.name() != null, at + ".name", "is missing.");
            variable(at + ".name", setting.name());
            require(setting.name() == null || names.add(setting.name()), at + ".name", "stands in the list twice.");
            text(at + ".value", setting.value());
            text(at + ".description", setting.description());
            require(
                    !Boolean.TRUE.equals(setting.secret()) || setting.value() == null,
                    at + ".value",
                    "must not be given for a secret: the source is no place for it. Set it with `cyto secret set`.");
        }
    }

    private void probe(String at, Descriptor.@Nullable Probe probe) {
        if (probe == null) {
            return;
        }
        if (probe.path() != null) {
            require(PROBE_PATH.matcher(probe.path()).matches(), at + ".path", "has to be a path that starts with /.");
        }
        range(at + ".periodSeconds", probe.periodSeconds(), 1, 3600);
        range(at + ".timeoutSeconds", probe.timeoutSeconds(), 1, 300);
        range(at + ".failureThreshold", probe.failureThreshold(), 1, 100);
        range(at + ".startupSeconds", probe.startupSeconds(), 1, 3600);
    }

    private void name(String field, @Nullable String name, Set<String> names) {
        if (name == null) {
            find(field, "is missing.");
        } else if (!NAME.matcher(name).matches()) {
            find(field, NAME_RULE);
        } else if (!names.add(name)) {
            find(field, "stands in the list twice: %s.".formatted(name));
        }
    }

    private void path(String field, @Nullable String path) {
        require(
                path == null
                        || (path.length() <= 1024
                                && PATH.matcher(path).matches()
                                && !path.contains("//")
                                && List.of(path.split("/")).stream()
                                        .noneMatch(part -> part.equals("..") || part.equals("."))),
                field,
                "has to be a path that starts with /, without empty and dot segments.");
    }

    private void scopes(String field, @Nullable List<String> scopes) {
        require(
                scopes == null
                        || scopes.stream()
                                .allMatch(scope ->
                                        scope != null && SCOPE.matcher(scope).matches()),
                field,
                "has to be a list of scopes like orders:read.");
    }

    private void variables(String field, @Nullable Map<String, String> variables) {
        if (variables == null) {
            return;
        }
        require(variables.size() <= LIST_LIMIT, field, "has more than %d entries.".formatted(LIST_LIMIT));
        variables.forEach((name, value) -> {
            variable(field + "." + name, name);
            require(value != null, field + "." + name, "has no value.");
            text(field + "." + name, value);
        });
    }

    private void variable(String field, @Nullable String name) {
        require(
                name == null || VARIABLE.matcher(name).matches(),
                field,
                "has to be a variable's name: letters, digits and _, not starting with a digit.");
        require(
                name == null || !name.startsWith("CYTOPLANE_"),
                field,
                "must not start with CYTOPLANE_, which is the platform's.");
    }

    private void texts(String field, List<String> texts) {
        if (!tooMany(field, texts)) {
            for (int i = 0; i < texts.size(); i++) {
                require(texts.get(i) != null, field + "[" + i + "]", "is empty.");
                text(field + "[" + i + "]", texts.get(i));
            }
        }
    }

    private void text(String field, @Nullable String text) {
        require(
                text == null || (text.length() <= TEXT_LIMIT && text.indexOf('\0') < 0),
                field,
                "has to be at most %d characters.".formatted(TEXT_LIMIT));
    }

    private void range(String field, @Nullable Integer value, int least, int most) {
        require(
                value == null || (value >= least && value <= most),
                field,
                "has to be between %d and %d.".formatted(least, most));
    }

    private boolean tooMany(String field, List<?> list) {
        require(list.size() <= LIST_LIMIT, field, "has more than %d entries.".formatted(LIST_LIMIT));
        return list.size() > LIST_LIMIT;
    }

    private static boolean isInside(String path) {
        return !path.isBlank()
                && path.length() <= 1024
                && !path.startsWith("/")
                && path.indexOf('\\') < 0
                && path.indexOf('\0') < 0
                && List.of(path.split("/")).stream().noneMatch(part -> part.equals("..") || part.equals(".git"));
    }

    private static boolean isHost(String text) {
        try {
            URI uri = new URI(text);
            return ("https".equals(uri.getScheme()) || "http".equals(uri.getScheme()))
                    && uri.getHost() != null
                    && uri.getRawUserInfo() == null
                    && uri.getRawQuery() == null
                    && uri.getRawFragment() == null;
        } catch (URISyntaxException e) {
            return false;
        }
    }

    private void require(boolean holds, String field, String message) {
        if (!holds) {
            find(field, message);
        }
    }

    private void find(String field, String message) {
        findings.add(new Finding(field, message));
    }
}
