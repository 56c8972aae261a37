package dev.cytoplane.dataplane.traffic;

import dev.cytoplane.contracts.cell.CellTraffic;
import java.util.List;

/** What went through each cell's gateway lately. Asked by one thread, every few seconds. */
@FunctionalInterface
public interface TrafficSource {

    /** Of all cells that ever had requests; empty while nothing is known. */
    List<CellTraffic> traffic();
}
