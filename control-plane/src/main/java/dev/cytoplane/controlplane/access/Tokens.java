package dev.cytoplane.controlplane.access;

import java.util.Optional;

/** Turns a bearer token into the caller that it stands for. */
interface Tokens {

    Optional<Caller> authenticate(String token);
}
