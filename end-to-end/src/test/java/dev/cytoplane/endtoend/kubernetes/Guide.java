package dev.cytoplane.endtoend.kubernetes;

import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The guide to cells in a Git repository: the objects that it shows are those that the tests use. */
final class Guide {

    private static final Pattern YAML = Pattern.compile("```yaml\n(.*?)```", Pattern.DOTALL);

    private Guide() {}

    /** All objects of a chapter, following {@link GitDelivery#BRANCH} at an address. */
    static String objects(Path root, String chapter, String address) throws IOException {
        String text = Files.readString(root.resolve("docs/guides/gitops.md"));
        int begin = text.indexOf("\n## " + chapter + "\n");
        int end = text.indexOf("\n## ", begin + 1);
        return YAML.matcher(text.substring(begin, end))
                .results()
                .map(block -> block.group(1))
                .collect(Collectors.joining("---\n"))
                .replace("https://git.example.com/platform/cells.git", address)
                .replaceAll("(branch|targetRevision): main\\b", "$1: " + Matcher.quoteReplacement(GitDelivery.BRANCH))
                .replaceAll("(path: (?:\\./)?)production\\b", "$1" + Matcher.quoteReplacement(GitDelivery.ENVIRONMENT));
    }

    /** As {@code kubectl apply --server-side -f} does. */
    static void apply(KubernetesClient client, String objects) {
        client.load(new ByteArrayInputStream(objects.getBytes(StandardCharsets.UTF_8)))
                .serverSideApply();
    }
}
