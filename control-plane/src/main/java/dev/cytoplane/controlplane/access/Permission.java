package dev.cytoplane.controlplane.access;

/** What a role allows. */
public enum Permission {
    VIEW,
    BUILD,
    DEPLOY,
    CONFIGURE,
    MANAGE_PROJECT,
    MANAGE_ORGANIZATION,
    MANAGE_ACCESS
}
