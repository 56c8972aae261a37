package dev.cytoplane.controlplane.gitops;

import dev.cytoplane.controlplane.PlatformSettings;
import dev.cytoplane.controlplane.audit.Audit;
import dev.cytoplane.controlplane.event.Outbox;
import dev.cytoplane.controlplane.gitops.DeliveredFiles.Found;
import dev.cytoplane.controlplane.gitops.DeliveredFiles.Remembered;
import dev.cytoplane.controlplane.gitops.DeliveredFiles.State;
import dev.cytoplane.controlplane.gitops.DeliveredFiles.Wanted;
import dev.cytoplane.controlplane.source.OutsideGit;
import dev.cytoplane.controlplane.source.SourceException;
import dev.cytoplane.controlplane.tenancy.Tenancy;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.PersonIdent;
import org.eclipse.jgit.transport.CredentialsProvider;
import org.eclipse.jgit.transport.UsernamePasswordCredentialsProvider;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * One look at a delivery repository: fetch it, compare each file with what is wanted, commit what differs and may be
 * written, push, remember. Whoever pushed meanwhile is heeded: it begins anew from the new tip, which is what a rebase
 * comes to, and forces nothing.
 */
@Component
class DeliveryLook {

    /** Somebody else's pushes that one look bears. */
    private static final int TRIES = 6;

    private static final int PAUSE_MILLIS = 200;
    private static final String PLATFORM = "Cytoplane";

    private final EnvironmentDeliveries deliveries;
    private final DeliveryQueue queue;
    private final DeliveredFiles files;
    private final RepositoryCopies copies;
    private final OutsideGit outside;
    private final Audit audit;
    private final Outbox outbox;
    private final Clock clock;
    private final Tenancy tenancy;
    private final TransactionTemplate transaction;
    private final String mailHost;

    DeliveryLook(
            EnvironmentDeliveries deliveries,
            DeliveryQueue queue,
            DeliveredFiles files,
            RepositoryCopies copies,
            OutsideGit outside,
            PlatformSettings platform,
            Audit audit,
            Outbox outbox,
            Clock clock,
            Tenancy tenancy,
            PlatformTransactionManager transactions) {
        this.deliveries = deliveries;
        this.queue = queue;
        this.files = files;
        this.copies = copies;
        this.outside = outside;
        this.audit = audit;
        this.outbox = outbox;
        this.clock = clock;
        this.tenancy = tenancy;
        this.transaction = new TransactionTemplate(transactions);
        this.mailHost = Objects.requireNonNullElse(platform.publicUrl().getHost(), "localhost");
    }

    /** What is to be done with one file, and what for. */
    private record Task(
            UUID projectId,
            String project,
            @Nullable Wanted wanted,
            @Nullable Manifest manifest,
            @Nullable Manifest found,
            @Nullable Remembered before,
            FileStep step) {

        private FileStep.Memory memory() {
            return before == null ? FileStep.Memory.EMPTY : before.memory();
        }
    }

    /**
     * @param cancelled asked often; true ends the look
     * @return the branch's tip; null when there is no such branch, and nothing to be written to it
     * @throws SourceException when the repository cannot be had or written
     */
    @Nullable
    String look(Delivery delivery, BooleanSupplier cancelled) throws InterruptedException {
        try (DeliveryRepository repository =
                new DeliveryRepository(copies.open(delivery), outside, delivery, credentials(delivery), cancelled)) {
            for (int attempt = 1; attempt <= TRIES; attempt++) {
                ObjectId tip = repository.fetch();
                List<Task> tasks = inTenancy(delivery, () -> tasks(delivery, repository, tip));
                Map<String, String> commits = new HashMap<>();
                ObjectId head = commit(delivery, repository, tip, tasks, commits);
                boolean pushed = !Objects.equals(head, tip);
                if (pushed) {
                    inCurrent(
                            delivery,
                            () -> tasks.stream().filter(DeliveryLook::writes).forEach(task -> pushing(delivery, task)));
                }
                if (!pushed || repository.push(tip, Objects.requireNonNull(head))) {
                    // The history is looked through before anybody has to wait for the transaction.
                    Map<String, Found> found = found(delivery, repository, head, tasks);
                    inCurrent(delivery, () -> tasks.forEach(task -> remember(delivery, task, found, commits)));
                    return head == null ? null : head.name();
                }
                TimeUnit.MILLISECONDS.sleep(
                        ThreadLocalRandom.current().nextInt(PAUSE_MILLIS / 4, PAUSE_MILLIS * attempt));
            }
        }
        throw new SourceException("Somebody else pushed to %s of %s each of the %d times that this was to be written."
                .formatted(delivery.branch(), delivery.url(), TRIES));
    }

    private @Nullable CredentialsProvider credentials(Delivery delivery) {
        DeliveryCredentials credentials = deliveries.credentials(delivery);
        return credentials == null
                ? null
                : new UsernamePasswordCredentialsProvider(credentials.username(), credentials.token());
    }

    private interface Work<T> {
        T get();
    }

    private <T> T inTenancy(Delivery delivery, Work<T> work) {
        return tenancy.in(
                delivery.organizationId(), () -> Objects.requireNonNull(transaction.execute(status -> work.get())));
    }

    /** @throws SourceException when the look does not speak of what is any more */
    private void inCurrent(Delivery delivery, Runnable work) {
        inTenancy(delivery, () -> {
            if (!queue.isCurrent(delivery)) {
                throw new SourceException("Where the cells are written to was changed meanwhile.");
            }
            work.run();
            return delivery;
        });
    }

    private List<Task> tasks(Delivery delivery, DeliveryRepository repository, @Nullable ObjectId tip) {
        Map<String, Wanted> wanted = new TreeMap<>();
        files.wanted(delivery.environmentId()).forEach(cell -> wanted.put(cell.project(), cell));
        Map<String, Remembered> remembered = new TreeMap<>();
        files.remembered(delivery.environmentId()).forEach(file -> remembered.put(file.project(), file));
        Map<String, UUID> projects = new TreeMap<>();
        remembered.forEach((project, file) -> projects.put(project, file.projectId()));
        wanted.forEach((project, cell) -> projects.put(project, cell.projectId()));
        List<Task> tasks = new ArrayList<>();
        projects.forEach((project, id) -> {
            Wanted cell = wanted.get(project);
            Remembered before = remembered.get(project);
            Manifest manifest = cell == null ? null : Manifest.of(cell.cell());
            Manifest found = repository
                    .text(tip, delivery.file(project))
                    .map(Manifest::read)
                    .orElse(null);
            FileStep step = FileStep.decide(
                    manifest == null ? null : manifest.hash(),
                    found == null ? null : found.hash(),
                    before == null ? FileStep.Memory.EMPTY : before.memory(),
                    delivery.onDrift());
            tasks.add(new Task(id, project, cell, manifest, found, before, step));
        });
        return tasks;
    }

    private static boolean writes(Task task) {
        return task.step() == FileStep.WRITE || task.step() == FileStep.REMOVE;
    }

    /** One commit for each cell, so that each says what of it changed and who caused that. */
    private @Nullable ObjectId commit(
            Delivery delivery,
            DeliveryRepository repository,
            @Nullable ObjectId tip,
            List<Task> tasks,
            Map<String, String> commits) {
        ObjectId head = tip;
        for (Task task : tasks) {
            if (writes(task)) {
                head = repository.commit(head, change(delivery, task));
                commits.put(task.project(), head.name());
            }
        }
        return head;
    }

    private DeliveryRepository.Change change(Delivery delivery, Task task) {
        PersonIdent platform = new PersonIdent(PLATFORM, "noreply@" + mailHost, clock.instant(), ZoneOffset.UTC);
        String path = delivery.file(task.project());
        if (task.wanted() == null || task.manifest() == null) {
            String cell = task.project() + "." + delivery.environment() + "." + delivery.organization();
            List<String> causes = causes(delivery, task, Long.MAX_VALUE);
            return new DeliveryRepository.Change(
                    path, null, author(causes, platform), platform, CommitMessage.removed(cell, causes));
        }
        List<String> causes =
                causes(delivery, task, task.wanted().cell().metadata().version());
        return new DeliveryRepository.Change(
                path,
                task.manifest().text(),
                author(causes, platform),
                platform,
                CommitMessage.written(task.wanted().cell(), task.found(), causes));
    }

    private List<String> causes(Delivery delivery, Task task, long version) {
        long written = Optional.ofNullable(task.before())
                .map(Remembered::writtenVersion)
                .orElse(0L);
        return inTenancy(delivery, () -> files.causes(task.projectId(), delivery.environmentId(), written, version));
    }

    /** Whoever caused it, under an address that is nobody's; the platform when nobody in particular did. */
    private PersonIdent author(List<String> causes, PersonIdent platform) {
        return causes.isEmpty()
                ? platform
                : new PersonIdent(causes.getLast(), "noreply@" + mailHost, platform.getWhenAsInstant(), ZoneOffset.UTC);
    }

    private void pushing(Delivery delivery, Task task) {
        files.pushing(
                delivery,
                task.projectId(),
                task.project(),
                task.manifest() == null ? null : task.manifest().hash());
    }

    private void remember(Delivery delivery, Task task, Map<String, Found> founds, Map<String, String> commits) {
        Found found = Objects.requireNonNull(founds.get(task.project()));
        switch (task.step()) {
            case FORGET -> files.forget(delivery, task.project());
            case REMOVE -> {
                files.forget(delivery, task.project());
                recordWrite(delivery, task, commits, "cell.removed-from-git");
            }
            case WRITE -> {
                files.store(delivery, inSync(task, found, commits.get(task.project())));
                recordWrite(delivery, task, commits, "cell.written-to-git");
            }
            case NOTHING ->
                files.store(
                        delivery,
                        inSync(
                                task,
                                found,
                                task.before() == null ? null : task.before().writtenCommit()));
            case LEAVE -> drifted(delivery, task, found);
        }
    }

    private static Remembered inSync(Task task, Found found, @Nullable String writtenCommit) {
        Manifest manifest = Objects.requireNonNull(task.manifest());
        return new Remembered(
                task.projectId(),
                task.project(),
                new FileStep.Memory(manifest.hash(), null, null),
                manifest.version(),
                writtenCommit,
                State.IN_SYNC,
                found,
                List.of());
    }

    private void drifted(Delivery delivery, Task task, Found found) {
        Remembered before = task.before();
        List<FileDifference> differences = FileDifference.between(task.manifest(), task.found());
        files.store(
                delivery,
                new Remembered(
                        task.projectId(),
                        task.project(),
                        task.memory(),
                        before == null ? null : before.writtenVersion(),
                        before == null ? null : before.writtenCommit(),
                        State.DRIFTED,
                        found,
                        differences));
        boolean news = before == null
                || before.state() != State.DRIFTED
                || !Objects.equals(before.found().hash(), found.hash());
        if (news) {
            Map<String, Object> data = new HashMap<>();
            data.put("projectId", task.projectId());
            data.put("environmentId", delivery.environmentId());
            data.put("environment", delivery.environment());
            data.put("file", delivery.file(task.project()));
            data.put("commit", Objects.requireNonNullElse(found.commit(), ""));
            data.put("author", Objects.requireNonNullElse(found.author(), ""));
            data.put(
                    "differences",
                    differences.stream().map(FileDifference::path).toList());
            outbox.publish(
                    delivery.organizationId(), "cell.drifted", delivery.organization() + "/" + task.project(), data);
        }
    }

    private static Map<String, Found> found(
            Delivery delivery, DeliveryRepository repository, @Nullable ObjectId head, List<Task> tasks) {
        Map<String, Found> found = new HashMap<>();
        tasks.forEach(task -> found.put(task.project(), found(delivery, repository, head, task)));
        return found;
    }

    /** The history is only looked through when the file is not the one that was found before. */
    private static Found found(Delivery delivery, DeliveryRepository repository, @Nullable ObjectId head, Task task) {
        Manifest content = task.step() == FileStep.WRITE ? task.manifest() : task.found();
        String hash = content == null ? null : content.hash();
        Remembered before = task.before();
        if (before != null
                && !writes(task)
                && before.found().commit() != null
                && Objects.equals(before.found().hash(), hash)) {
            return before.found();
        }
        Long version = content == null ? null : content.version();
        return repository
                .lastChange(head, delivery.file(task.project()))
                .map(commit -> new Found(hash, version, commit.id(), commit.author(), commit.time()))
                .orElse(new Found(hash, version, null, null, null));
    }

    private void recordWrite(Delivery delivery, Task task, Map<String, String> commits, String action) {
        Map<String, Object> details = new HashMap<>();
        details.put("environment", delivery.environment());
        details.put("file", delivery.file(task.project()));
        details.put("commit", Objects.requireNonNullElse(commits.get(task.project()), ""));
        if (task.manifest() != null && task.manifest().version() != null) {
            details.put("version", task.manifest().version());
        }
        if (task.step() == FileStep.WRITE
                && task.found() != null
                && !task.memory().isOurs(task.found().hash())) {
            details.put("healed", true);
        }
        audit.record(delivery.organizationId(), action, delivery.organization() + "/" + task.project(), details);
    }
}
