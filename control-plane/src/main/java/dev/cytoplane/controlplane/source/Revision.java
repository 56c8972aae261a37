package dev.cytoplane.controlplane.source;

import java.time.Instant;
import org.eclipse.jgit.lib.ObjectId;

/**
 * One state of a component's source.
 *
 * @param commit 40 hexadecimal digits
 * @param tree of the component's directory in that commit: equal trees are equal files
 * @param time when it was committed
 * @param summary the first line of its message
 */
public record Revision(String commit, ObjectId tree, Instant time, String summary) {}
