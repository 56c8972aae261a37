package dev.cytoplane.launcher.registration;

import dev.cytoplane.cli.api.Api;
import dev.cytoplane.cli.api.Http;
import dev.cytoplane.cli.api.Json;
import dev.cytoplane.cli.api.TokenSource;
import dev.cytoplane.cli.login.Tokens;
import dev.cytoplane.launcher.platform.Credentials;
import dev.cytoplane.launcher.platform.Platform;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import org.jspecify.annotations.Nullable;

/** The REST API as the launcher's service account, and as the administrator whose password it generated. */
public final class LauncherSignIn {

    private static final String CLIENT = "cytoplane-launcher";

    private final Platform platform;
    private final Credentials credentials;
    private final Http http;

    public LauncherSignIn(Platform platform, Credentials credentials, Http http) {
        this.platform = platform;
        this.credentials = credentials;
        this.http = http;
    }

    public Api asLauncher() {
        return new Api(platform.apiUrl(), new LauncherTokens(), http);
    }

    /** A fresh access token of the launcher. */
    public String token() {
        return new LauncherTokens().accessToken();
    }

    /** @throws dev.cytoplane.cli.Failure when the administrator has changed the generated password */
    Api asAdministrator() {
        String form = "grant_type=password&client_id=" + CLIENT + "&client_secret="
                + Api.encode(credentials.get(Credentials.Name.LAUNCHER_CLIENT_SECRET))
                + "&username=admin&password=" + Api.encode(credentials.get(Credentials.Name.ADMIN_PASSWORD));
        HttpResponse<String> answer = http.send(
                () -> HttpRequest.newBuilder(tokenEndpoint())
                        .timeout(Http.TIMEOUT)
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(BodyPublishers.ofString(form))
                        .build(),
                BodyHandlers.ofString(),
                true);
        if (answer.statusCode() != 200) {
            throw new dev.cytoplane.cli.Failure(
                    dev.cytoplane.cli.ExitCode.NOT_SIGNED_IN,
                    "The administrator's generated password is not valid any more.",
                    "cyto login --server " + platform.apiUrl());
        }
        return new Api(platform.apiUrl(), TokenSource.of(Json.text(Json.parse(answer.body()), "access_token")), http);
    }

    private URI tokenEndpoint() {
        return URI.create(platform.issuer() + "/protocol/openid-connect/token");
    }

    private final class LauncherTokens implements TokenSource {
        private @Nullable String token;

        @Override
        public synchronized String accessToken() {
            if (token == null) {
                token = Json.text(
                        Tokens.clientCredentials(
                                http,
                                tokenEndpoint(),
                                CLIENT,
                                credentials.get(Credentials.Name.LAUNCHER_CLIENT_SECRET),
                                null),
                        "access_token");
            }
            return token;
        }

        @Override
        public synchronized boolean renew() {
            token = null;
            return true;
        }
    }
}
