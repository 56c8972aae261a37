package dev.cytoplane.controlplane.access;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Primary;

/** Stands for Keycloak, which has its own tests: every user exists but {@code nobody}. */
@TestConfiguration(proxyBeanMethods = false)
public class TestDirectory {

    /** Subjects that hold the role platform-admin at the moment. */
    public static final Set<String> ADMINISTRATORS = ConcurrentHashMap.newKeySet();

    @Bean
    @Primary
    Directory directoryOfTests() {
        return new Known(new ConcurrentHashMap<>());
    }

    private record Known(Map<String, Directory.Client> clients) implements Directory {

        @Override
        public Optional<String> subjectOf(String username) {
            return username.equals("nobody") ? Optional.empty() : Optional.of("subject-of-" + username);
        }

        @Override
        public boolean isPlatformAdmin(String subject) {
            return ADMINISTRATORS.contains(subject);
        }

        @Override
        public Client createServiceAccount(String clientId, String description) {
            return clients.computeIfAbsent(clientId, id -> new Client(id, "secret-of-" + id, "subject-of-" + id));
        }

        @Override
        public void deleteServiceAccount(String clientId) {
            clients.remove(clientId);
        }
    }
}
