package dev.cytoplane.controlplane.component;

/**
 * What happens to a component by itself.
 *
 * @param autoDeploy a release that was built goes to the first stage of the pipeline
 * @param autoRollback a deployment that failed is replaced by what is still live
 */
record Automation(boolean autoDeploy, boolean autoRollback) {}
