/** Signing in: OAuth 2.0 device flow for people, client credentials for machines, and the tokens that come of it. */
@NullMarked
package dev.cytoplane.cli.login;

import org.jspecify.annotations.NullMarked;
