package dev.cytoplane.gateway.snapshot;

import dev.cytoplane.contracts.descriptor.Authentication;
import dev.cytoplane.contracts.descriptor.Descriptor;
import dev.cytoplane.gateway.route.BadTarget;
import dev.cytoplane.gateway.route.RequestTarget;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * An endpoint's security declaration, ready to be asked. Where a declaration is silent or contradicts itself, the
 * stricter reading counts: scopes without a word on authentication require it.
 */
public final class SecurityRules {
    /** Nobody has to sign in. */
    public static final SecurityRules OPEN = new SecurityRules(new Requirement(false, Set.of()), List.of());

    /** What a call must carry. */
    public record Requirement(boolean token, Set<String> scopes) {}

    private record Rule(Set<String> methods, List<String> path, boolean below, Requirement requirement) {}

    private final Requirement otherwise;
    private final List<Rule> rules;

    private SecurityRules(Requirement otherwise, List<Rule> rules) {
        this.otherwise = otherwise;
        this.rules = rules;
    }

    static SecurityRules of(Descriptor.@Nullable Security security) throws InvalidConfiguration {
        if (security == null) {
            return OPEN;
        }
        Set<String> common = copy(security.scopes());
        Requirement otherwise = requirement(security.authentication(), common, common);
        List<Rule> rules = new ArrayList<>();
        if (security.operations() != null) {
            for (Descriptor.Operation operation : security.operations()) {
                rules.add(rule(operation, security, common));
            }
        }
        return new SecurityRules(otherwise, List.copyOf(rules));
    }

    private static Rule rule(Descriptor.Operation operation, Descriptor.Security security, Set<String> common)
            throws InvalidConfiguration {
        Set<String> own = copy(operation.scopes());
        Set<String> all = new TreeSet<>(common);
        all.addAll(own);
        Authentication authentication = operation.authentication();
        Requirement requirement;
        if (authentication == Authentication.NONE && own.isEmpty()) {
            requirement = new Requirement(false, Set.of());
        } else {
            Authentication inherited = authentication == null ? security.authentication() : authentication;
            requirement = requirement(inherited, all, own.isEmpty() ? common : own);
        }
        Set<String> methods = new LinkedHashSet<>();
        if (operation.methods() != null) {
            operation.methods().forEach(method -> methods.add(method.toUpperCase(Locale.ROOT)));
        }
        String path = operation.path();
        boolean below = path.endsWith("/**");
        String prefix = below ? path.substring(0, path.length() - 3) : path;
        try {
            List<String> segments = RequestTarget.parse(prefix.startsWith("/") ? prefix : "/" + prefix)
                    .segments();
            return new Rule(Set.copyOf(methods), segments, below, requirement);
        } catch (BadTarget e) {
            throw new InvalidConfiguration("the operation %s: %s".formatted(path, e.reason()), e);
        }
    }

    private static Requirement requirement(
            @Nullable Authentication authentication, Set<String> scopes, Set<String> decisive) {
        boolean token = authentication == Authentication.REQUIRED || !decisive.isEmpty();
        return new Requirement(token, token ? Set.copyOf(scopes) : Set.of());
    }

    private static Set<String> copy(@Nullable List<String> scopes) {
        return scopes == null ? Set.of() : Set.copyOf(scopes);
    }

    /**
     * What a call must carry; the first rule that fits counts. A rule for GET covers HEAD, since servers answer HEAD
     * with the handler of GET.
     *
     * @param segments the decoded path below the endpoint's base path
     */
    public Requirement requirement(String method, List<String> segments) {
        for (Rule rule : rules) {
            if (fits(rule, method) && fits(rule, segments)) {
                return rule.requirement();
            }
        }
        return otherwise;
    }

    private static boolean fits(Rule rule, String method) {
        return rule.methods().isEmpty()
                || rule.methods().contains(method)
                || (method.equals("HEAD") && rule.methods().contains("GET"));
    }

    private static boolean fits(Rule rule, List<String> segments) {
        List<String> path = rule.path();
        if (segments.size() < path.size() || (!rule.below() && segments.size() != path.size())) {
            return false;
        }
        return segments.subList(0, path.size()).equals(path);
    }
}
