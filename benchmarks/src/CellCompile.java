import dev.cytoplane.contracts.cell.Cell;
import dev.cytoplane.contracts.descriptor.ComponentType;
import dev.cytoplane.contracts.descriptor.Descriptor;
import dev.cytoplane.contracts.descriptor.Visibility;
import dev.cytoplane.contracts.json.ContractJson;
import dev.cytoplane.controlplane.cell.CellCompiler;
import dev.cytoplane.controlplane.cell.CellInput;
import dev.cytoplane.controlplane.cell.CellPlace;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Compiles projects of growing size; each component has two endpoints, one caller and two connections. */
class CellCompile {

    private static volatile Object sink = "";

    public static void main(String[] arguments) throws Exception {
        System.out.println(Machine.description());
        System.out.printf("%-12s %16s %16s%n", "components", "compile", "with JSON");
        for (int components : new int[] {3, 30, 300, 3_000}) {
            CellInput input = input(components);
            double compile = microseconds(() -> CellCompiler.compile(input), components);
            double json = microseconds(() -> ContractJson.canonical(CellCompiler.compile(input)), components);
            System.out.printf("%-12d %,13.1f µs %,13.1f µs%n", components, compile, json);
        }
    }

    interface Work {
        Object run() throws Exception;
    }

    /** The median of a hundred samples after as many unmeasured ones. */
    private static double microseconds(Work work, int size) throws Exception {
        int repeats = Math.max(1, 3_000 / size);
        List<Double> samples = new ArrayList<>();
        for (int sample = 0; sample < 200; sample++) {
            long begin = System.nanoTime();
            for (int i = 0; i < repeats; i++) {
                sink = work.run();
            }
            samples.add((System.nanoTime() - begin) / 1e3 / repeats);
        }
        List<Double> measured = samples.subList(100, 200).stream().sorted().toList();
        return measured.get(50);
    }

    private static CellInput input(int size) {
        CellPlace place = new CellPlace(
                "cytoplane.local",
                "localhost",
                "acme",
                "production",
                "shop",
                new Cell.TokenIssuer("http://issuer", "http://issuer/certs", List.of("cytoplane-cells"), null));
        return new CellInput(
                place,
                IntStream.range(0, size).mapToObj(CellCompile::component).toList(),
                IntStream.range(0, size)
                        .mapToObj(number -> new CellInput.DeclaredCaller("caller-" + number % 50, "c-" + number, "api"))
                        .toList(),
                IntStream.range(0, 50)
                        .mapToObj(number ->
                                new CellInput.KnownTarget("target-" + number, "orders", "http", "/orders", null))
                        .toList());
    }

    private static CellInput.DeployedComponent component(int number) {
        Descriptor descriptor = new Descriptor(
                Descriptor.API_VERSION,
                Descriptor.KIND,
                ComponentType.SERVICE,
                null,
                new Descriptor.Run(List.of("node", "server.js"), Map.of("MODE", "production"), null),
                List.of(
                        endpoint("http", Visibility.PUBLIC, "/c-" + number),
                        endpoint("api", Visibility.ORGANIZATION, "/c-" + number + "/api")),
                List.of(
                        new Descriptor.Connection("orders", "target-" + number % 50 + "/orders/http", null, null),
                        new Descriptor.Connection("mail", null, "https://mail.example.org", null)),
                List.of(new Descriptor.Setting("LEVEL", "info", null, null, null)),
                null,
                null,
                null);
        return new CellInput.DeployedComponent(
                "c-" + number,
                ComponentType.SERVICE,
                "r-000000000001",
                new Cell.Artifact("sha256:" + "0".repeat(64), Cell.Artifact.Kind.BUNDLE, 1_000_000),
                descriptor,
                Map.of("GREETING", "hello", "LEVEL", "debug"),
                List.of(new Cell.SealedSecret("PASSWORD", 1, "AA==")),
                CellInput.Operation.NONE);
    }

    private static Descriptor.Endpoint endpoint(String name, Visibility visibility, String path) {
        return new Descriptor.Endpoint(name, null, null, null, visibility, path, null, null);
    }
}
