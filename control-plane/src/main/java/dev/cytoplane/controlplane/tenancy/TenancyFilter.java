package dev.cytoplane.controlplane.tenancy;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/** No request inherits the organization of the one that its thread served before. */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE)
class TenancyFilter extends OncePerRequestFilter {

    private final Tenancy tenancy;

    TenancyFilter(Tenancy tenancy) {
        this.tenancy = tenancy;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        tenancy.clear();
        try {
            chain.doFilter(request, response);
        } finally {
            tenancy.clear();
        }
    }
}
