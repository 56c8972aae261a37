package dev.cytoplane.cli.resource;

import dev.cytoplane.cli.ExitCode;
import dev.cytoplane.cli.Failure;
import dev.cytoplane.cli.place.Place;
import java.util.List;

/** Which thing a {@code show} or {@code delete} means. */
record Target(Noun noun, List<String> words) {

    String usage() {
        return switch (noun.scope()) {
            case PLATFORM, ORGANIZATION -> "NAME";
            case PROJECT -> "[PROJECT/]NAME";
            case COMPONENT -> "COMPONENT ID";
        };
    }

    String path(Place place) {
        return switch (noun.scope()) {
            case PLATFORM -> noun.path("", only());
            case ORGANIZATION -> noun.path(place.organizationPath(), only());
            case PROJECT -> {
                int slash = only().indexOf('/');
                yield noun.path(
                        place.projectPath(slash < 0 ? null : only().substring(0, slash)), only().substring(slash + 1));
            }
            case COMPONENT -> {
                require(2);
                yield noun.path(place.component(words.getFirst()).path(), words.get(1));
            }
        };
    }

    /** What a person types to confirm. */
    String name() {
        return words.isEmpty() ? "" : words.getLast();
    }

    private String only() {
        require(1);
        return words.getFirst();
    }

    private void require(int count) {
        if (words.size() != count) {
            throw new Failure(
                    ExitCode.USAGE, "Write which " + ListCommand.words(noun.name()) + " is meant: " + usage() + ".");
        }
    }
}
