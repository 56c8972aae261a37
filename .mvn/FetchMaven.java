import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.HexFormat;
import java.util.zip.ZipInputStream;

/**
 * Fetches the pinned Maven from Maven Central, checks it against its pinned SHA-512 and unpacks it.
 * Run by ./mvnw when that Maven is not there yet, so that a JDK is all that a new machine needs.
 * MVNW_REPOURL names another repository in Maven Central's layout (a company's mirror).
 */
class FetchMaven {

    public static void main(String[] args) throws Exception {
        String version = args[0];
        String sha512 = args[1];
        Path home = Path.of(args[2]);

        String central = System.getenv().getOrDefault("MVNW_REPOURL", "https://" + "repo1" + ".maven.org/maven2");
        URI address = URI.create("%s/org/apache/maven/apache-maven/%s/apache-maven-%s-bin.zip".formatted(central, version, version));
        System.err.println("Fetching Maven " + version + " (once)");
        Files.createDirectories(home.getParent());
        Path zip = Files.createTempFile(home.getParent(), "maven", ".zip");
        try {
            String actual = download(address, zip);
            if (!actual.equals(sha512)) {
                throw new IOException("The Maven that was fetched is not the pinned one: SHA-512 is " + actual + ", expected " + sha512);
            }
            Path unpacked = Files.createTempDirectory(home.getParent(), "unpack");
            unzip(zip, unpacked);
            Files.move(unpacked.resolve("apache-maven-" + version), home, StandardCopyOption.ATOMIC_MOVE);
            Files.delete(unpacked);
        } finally {
            Files.deleteIfExists(zip);
        }
    }

    private static String download(URI address, Path target) throws Exception {
        HttpClient http = HttpClient.newBuilder()
                .followRedirects(HttpClient.Redirect.NORMAL)
                .connectTimeout(Duration.ofSeconds(20))
                .build();
        IOException last = null;
        for (int attempt = 1; attempt <= 3; attempt++) {
            try {
                HttpResponse<InputStream> answer = http.send(
                        HttpRequest.newBuilder(address).timeout(Duration.ofMinutes(5)).build(),
                        HttpResponse.BodyHandlers.ofInputStream());
                MessageDigest digest = MessageDigest.getInstance("SHA-512");
                try (InputStream body = new DigestInputStream(answer.body(), digest)) {
                    if (answer.statusCode() != 200) {
                        throw new IOException("Maven could not be fetched: the repository answered " + answer.statusCode());
                    }
                    Files.copy(body, target, StandardCopyOption.REPLACE_EXISTING);
                }
                return HexFormat.of().formatHex(digest.digest());
            } catch (IOException e) {
                last = e;
                Thread.sleep(1000L * attempt);
            }
        }
        throw last;
    }

    private static void unzip(Path zip, Path target) throws IOException {
        try (ZipInputStream in = new ZipInputStream(Files.newInputStream(zip))) {
            for (var entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
                Path file = target.resolve(entry.getName()).normalize();
                if (!file.startsWith(target)) {
                    throw new IOException("Unsafe entry in the Maven archive: " + entry.getName());
                }
                if (entry.isDirectory()) {
                    Files.createDirectories(file);
                } else {
                    Files.createDirectories(file.getParent());
                    Files.copy(in, file);
                    if (file.getParent().endsWith("bin")) {
                        file.toFile().setExecutable(true);
                    }
                }
            }
        }
    }
}
