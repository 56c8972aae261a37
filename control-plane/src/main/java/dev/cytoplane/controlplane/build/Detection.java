package dev.cytoplane.controlplane.build;

import dev.cytoplane.builder.BuildFailure;
import dev.cytoplane.builder.Builder;
import dev.cytoplane.builder.SourceFiles;
import dev.cytoplane.contracts.descriptor.Descriptor;
import dev.cytoplane.controlplane.build.descriptor.DescriptorReader;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What is declared, and which builder it takes. Pure.
 *
 * @param reason why this builder, as half a sentence
 */
record Detection(Descriptor declared, Builder builder, String reason) {

    /** @param builders in the order in which they are asked */
    static Detection of(SourceFiles files, List<Builder> builders) {
        Descriptor declared =
                files.text(Descriptor.FILE).map(DescriptorReader::read).orElse(DescriptorReader.EMPTY);
        if (declared.build() != null && declared.build().builder() != null) {
            String wanted = declared.build().builder();
            return builders.stream()
                    .filter(builder -> builder.name().equals(wanted))
                    .findFirst()
                    .map(builder -> new Detection(declared, builder, "cytoplane.yaml says so"))
                    .orElseThrow(() -> new BuildFailure("There is no builder " + wanted + "."));
        }
        for (Builder builder : builders) {
            Optional<String> reason = builder.recognises(files);
            if (reason.isPresent()) {
                return new Detection(declared, builder, reason.get());
            }
        }
        throw new BuildFailure(
                "Nothing here is recognised. The source (%s) needs a pom.xml, a package.json or an index.html; or name the directory in the component's source, or the builder in cytoplane.yaml."
                        .formatted(files.top().stream().sorted().limit(20).collect(Collectors.joining(", "))));
    }
}
