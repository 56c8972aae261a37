package dev.cytoplane.controlplane.build.place;

import dev.cytoplane.builder.Builder;
import dev.cytoplane.builder.SourceFiles;
import dev.cytoplane.builder.Tool;
import dev.cytoplane.contracts.descriptor.Descriptor;
import dev.cytoplane.controlplane.source.Checkout;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;

/**
 * What is to be executed of a build.
 *
 * @param files of the checkout, as detection saw them
 * @param folder of this build in the control plane: empty, and gone afterwards
 * @param cache of the component in the control plane
 * @param deadline {@link System#nanoTime} at which a build on this machine has had its time
 * @param log takes lines from any thread
 * @param built called when only the packing is left, in the thread that makes
 */
public record Commission(
        UUID build,
        int attempt,
        Checkout checkout,
        SourceFiles files,
        Instant commitTime,
        Descriptor declared,
        Builder builder,
        List<Tool> tools,
        Path folder,
        Path cache,
        long deadline,
        Consumer<String> log,
        Runnable built) {}
