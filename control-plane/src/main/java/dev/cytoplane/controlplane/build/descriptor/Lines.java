package dev.cytoplane.controlplane.build.descriptor;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/** On which line each field of a YAML text stands, so that mistakes found after reading can name it too. */
final class Lines {

    private static final LoadSettings SETTINGS = LoadSettings.builder()
            .setAllowDuplicateKeys(false)
            .setMaxAliasesForCollections(0)
            .setCodePointLimit(DescriptorReader.SIZE_LIMIT)
            .build();

    private final Map<String, Integer> lines = new HashMap<>();

    private Lines() {}

    /** @throws DescriptorException when it is not YAML, or is more than one document, or uses aliases */
    static Lines read(String text) {
        Lines lines = new Lines();
        try {
            for (Event event : new Parse(SETTINGS).parseString(text)) {
                if (event.getEventId() == Event.ID.Alias) {
                    throw DescriptorReader.mistake(
                            "", line(event.getStartMark()), "uses an alias (*name). Write the value out.");
                }
            }
            new Compose(SETTINGS).composeString(text).ifPresent(root -> lines.note("", root));
        } catch (MarkedYamlEngineException e) {
            throw DescriptorReader.mistake("", line(e.getProblemMark()), "is not valid YAML: " + e.getProblem() + ".");
        } catch (YamlEngineException e) {
            throw DescriptorReader.mistake("", 0, "is not valid YAML: " + e.getMessage() + ".");
        }
        return lines;
    }

    /** The line of the field, or of the nearest one around it that is there. */
    int of(String field) {
        for (String path = field; !path.isEmpty(); path = parent(path)) {
            Integer line = lines.get(path);
            if (line != null) {
                return line;
            }
        }
        return 1;
    }

    private static String parent(String path) {
        int cut = Math.max(path.lastIndexOf('.'), path.lastIndexOf('['));
        return cut < 0 ? "" : path.substring(0, cut);
    }

    private void note(String path, Node node) {
        if (node instanceof MappingNode map) {
            map.getValue().forEach(entry -> {
                if (entry.getKeyNode() instanceof ScalarNode key) {
                    String field = (path.isEmpty() ? "" : path + ".") + key.getValue();
                    lines.put(field, line(key.getStartMark()));
                    note(field, entry.getValueNode());
                }
            });
        } else if (node instanceof SequenceNode list) {
            for (int i = 0; i < list.getValue().size(); i++) {
                Node item = list.getValue().get(i);
                String field = path + "[" + i + "]";
                lines.put(field, line(item.getStartMark()));
                note(field, item);
            }
        }
    }

    private static int line(Optional<Mark> mark) {
        return mark.map(m -> m.getLine() + 1).orElse(0);
    }
}
