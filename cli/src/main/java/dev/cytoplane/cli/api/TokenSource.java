package dev.cytoplane.cli.api;

/** Gives the access token that requests carry. */
public interface TokenSource {

    /** @throws dev.cytoplane.cli.Failure when nobody is signed in */
    String accessToken();

    /** The server has refused the token: true when another one could be had, so that it is worth a second try. */
    boolean renew();

    /** A token that is what it is. */
    static TokenSource of(String token) {
        return new TokenSource() {
            @Override
            public String accessToken() {
                return token;
            }

            @Override
            public boolean renew() {
                return false;
            }
        };
    }
}
