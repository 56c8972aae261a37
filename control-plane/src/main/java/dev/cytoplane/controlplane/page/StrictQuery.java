package dev.cytoplane.controlplane.page;

import dev.cytoplane.controlplane.problem.Problem;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Objects;
import org.springframework.core.DefaultParameterNameDiscoverer;
import org.springframework.core.MethodParameter;
import org.springframework.core.ParameterNameDiscoverer;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerInterceptor;

/**
 * Refuses by its name what Spring would take for a parameter that was left out, so that a filter that is wrong does not
 * give the whole list: a blank where a number, a time or a choice is due. And NUL, by which PostgreSQL finds no text.
 */
final class StrictQuery implements HandlerInterceptor {

    private static final ParameterNameDiscoverer NAMES = new DefaultParameterNameDiscoverer();

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
            for (MethodParameter parameter : method.getMethodParameters()) {
                if (parameter.hasParameterAnnotation(RequestParam.class)
                        && parameter.getParameterType() != String.class) {
                    refuseBlank(parameter, request);
                }
            }
        }
        return true;
    }

    private static void refuseBlank(MethodParameter parameter, HttpServletRequest request) {
        parameter.initParameterNameDiscovery(NAMES);
        String name = Objects.requireNonNull(parameter.getParameterName(), "compiled with -parameters");
        String value = request.getParameter(name);
        if (value != null && value.isBlank()) {
            throw Problem.invalid(name, "must not be empty: leave it out, or give a value");
        }
    }
}
