package dev.cytoplane.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Help;
import picocli.CommandLine.IHelpSectionRenderer;

/** The root's commands under headings; any other command's in one list. */
final class GroupedCommands implements IHelpSectionRenderer {

    private static final Map<String, List<String>> GROUPS = new LinkedHashMap<>();

    static {
        GROUPS.put("This machine", List.of("demo", "up", "down", "status", "doctor", "reset"));
        GROUPS.put("Sign in", List.of("login", "logout", "whoami", "token", "use"));
        GROUPS.put(
                "Deliver",
                List.of("deploy", "build", "promote", "rollback", "undeploy", "restart", "scale", "task", "remote"));
        GROUPS.put("Look", List.of("list", "show", "access", "audit", "cell", "logs", "open"));
        GROUPS.put(
                "Change",
                List.of("create", "update", "delete", "config", "secret", "environment", "dataplane", "webhook"));
        GROUPS.put("Other", List.of());
    }

    @Override
    public String render(Help help) {
        Map<String, Help> commands = help.subcommands();
        if (commands.isEmpty()) {
            return "";
        }
        int width = commands.keySet().stream().mapToInt(String::length).max().orElse(0) + 4;
        if (help.commandSpec().parent() != null) {
            StringBuilder text = new StringBuilder(String.format("%nCommands:%n"));
            commands.forEach((name, command) -> text.append(line(name, command, width)));
            return text.toString();
        }
        Map<String, Help> left = new LinkedHashMap<>(commands);
        StringBuilder text = new StringBuilder();
        GROUPS.forEach((title, names) -> {
            List<String> lines = new ArrayList<>();
            for (String name : title.equals("Other") ? List.copyOf(left.keySet()) : names) {
                Help command = left.remove(name);
                if (command != null) {
                    lines.add(line(name, command, width));
                }
            }
            if (!lines.isEmpty()) {
                text.append(String.format("%n%s:%n", title)).append(String.join("", lines));
            }
        });
        text.append(String.format(
                "%nA component is named PROJECT/COMPONENT, or COMPONENT after cyto use ORGANIZATION/PROJECT.%n"));
        return text.toString();
    }

    private static String line(String name, Help command, int width) {
        CommandLine line = command.commandSpec().commandLine();
        String[] description = line.getCommandSpec().usageMessage().description();
        String first = description.length == 0 ? "" : description[0];
        return String.format("  %-" + width + "s%s%n", name, first);
    }
}
