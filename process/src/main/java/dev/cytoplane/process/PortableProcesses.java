package dev.cytoplane.process;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What Java knows on every system: no memory figures, and no way to find a process by its environment. */
final class PortableProcesses implements OperatingSystem {

    @Override
    public Optional<String> identity(long pid) {
        return ProcessHandle.of(pid)
                .filter(ProcessHandle::isAlive)
                .flatMap(handle -> handle.info().startInstant())
                .map(Object::toString);
    }

    @Override
    public Set<Long> tree(long pid) {
        return ProcessHandle.of(pid).stream()
                .flatMap(handle -> Stream.concat(Stream.of(handle), handle.descendants()))
                .filter(ProcessHandle::isAlive)
                .map(ProcessHandle::pid)
                .collect(Collectors.toSet());
    }

    @Override
    public Set<Long> marked(String marker) {
        return Set.of();
    }

    @Override
    public Collection<Marked> roots(String prefix) {
        return List.of();
    }

    @Override
    public Usage usage(Collection<Long> pids) {
        Duration cpu = pids.stream()
                .flatMap(pid -> ProcessHandle.of(pid).stream())
                .flatMap(handle -> handle.info().totalCpuDuration().stream())
                .reduce(Duration.ZERO, Duration::plus);
        return new Usage(0, cpu.toMillis());
    }
}
