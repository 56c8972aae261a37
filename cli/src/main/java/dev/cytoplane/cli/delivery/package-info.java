/** From source to a live component: deploy, build, promote, roll back, and watching each until its end. */
@NullMarked
package dev.cytoplane.cli.delivery;

import org.jspecify.annotations.NullMarked;
