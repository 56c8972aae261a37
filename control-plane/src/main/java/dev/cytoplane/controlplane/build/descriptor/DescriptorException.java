package dev.cytoplane.controlplane.build.descriptor;

import java.util.List;
import java.util.stream.Collectors;

/** A descriptor that does not say anything that can be done. The message lists every mistake that was found. */
public final class DescriptorException extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final transient List<Mistake> mistakes;

    /**
     * @param field where it is ({@code endpoints[0].port}); empty when the file as a whole is meant
     * @param line counted from 1; 0 when unknown
     */
    public record Mistake(String field, int line, String message) {

        @Override
        public String toString() {
            return (line > 0 ? "line " + line + ": " : "") + (field.isEmpty() ? "" : field + " ") + message;
        }
    }

    DescriptorException(List<Mistake> mistakes) {
        super(mistakes.stream().map(Mistake::toString).collect(Collectors.joining("\n  ", "cytoplane.yaml: ", "")));
        this.mistakes = List.copyOf(mistakes);
    }

    public List<Mistake> mistakes() {
        return mistakes;
    }
}
