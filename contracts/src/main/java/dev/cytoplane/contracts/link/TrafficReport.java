package dev.cytoplane.contracts.link;

import dev.cytoplane.contracts.cell.CellTraffic;
import java.util.List;

/**
 * {@code PUT /link/v1/traffic}: what went through the gateways lately, at most every five seconds. Cells of which nothing
 * is new are left out.
 */
public record TrafficReport(List<CellTraffic> cells) {}
