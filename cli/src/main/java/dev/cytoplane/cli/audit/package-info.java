/** The audit log's proof; its entries are listed by {@code cyto list audit}. */
@NullMarked
package dev.cytoplane.cli.audit;

import org.jspecify.annotations.NullMarked;
