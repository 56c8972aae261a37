package dev.cytoplane.controlplane.page;

import dev.cytoplane.controlplane.problem.Problem;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.core.DefaultParameterNameDiscoverer;
import org.springframework.core.MethodParameter;
import org.springframework.core.ParameterNameDiscoverer;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerInterceptor;

/**
 * Refuses by its name what Spring would take for a parameter that was left out, so that a filter that is wrong does not
 * give the whole list: a name that the operation does not know, and a blank where a number, a time or a choice is due. And
 * NUL, by which PostgreSQL finds no text.
 */
final class StrictQuery implements HandlerInterceptor {

    private static final ParameterNameDiscoverer NAMES = new DefaultParameterNameDiscoverer();
    private static final List<String> OF_A_PAGE = List.of("limit", "cursor", "sort");

    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
        if (request.getQueryString() == null) {
            return true;
        }
        request.getParameterMap().forEach((name, values) -> {
            for (String value : values) {
                if (value.indexOf('\0') >= 0) {
                    throw Problem.invalid(name, "must not hold the character NUL");
                }
            }
        });
        if (handler instanceof HandlerMethod method) {
            if (request.getRequestURI().startsWith("/api/")) {
                refuseUnknown(method, request);
            }
            for (MethodParameter parameter : method.getMethodParameters()) {
                if (parameter.hasParameterAnnotation(RequestParam.class)
                        && parameter.getParameterType() != String.class) {
                    refuseBlank(parameter, request);
                }
            }
        }
        return true;
    }

    private static void refuseUnknown(HandlerMethod method, HttpServletRequest request) {
        Set<String> known = Arrays.stream(method.getMethodParameters())
                .flatMap(StrictQuery::names)
                .collect(Collectors.toCollection(TreeSet::new));
        for (String name : request.getParameterMap().keySet()) {
            if (!known.contains(name)) {
                throw Problem.invalid(
                        name,
                        known.isEmpty()
                                ? "is not a query parameter of this operation, which takes none"
                                : "is not a query parameter of this operation, which takes "
                                        + String.join(", ", known));
            }
        }
    }

    private static Stream<String> names(MethodParameter parameter) {
        if (parameter.getParameterType() == PageRequest.class) {
            return OF_A_PAGE.stream();
        }
        return parameter.hasParameterAnnotation(RequestParam.class) ? Stream.of(name(parameter)) : Stream.of();
    }

    private static String name(MethodParameter parameter) {
        parameter.initParameterNameDiscovery(NAMES);
        return Objects.requireNonNull(parameter.getParameterName(), "compiled with -parameters");
    }

    private static void refuseBlank(MethodParameter parameter, HttpServletRequest request) {
        String name = name(parameter);
        String value = request.getParameter(name);
        if (value != null && value.isBlank()) {
            throw Problem.invalid(name, "must not be empty: leave it out, or give a value");
        }
    }
}
