module cytoplane.dev/test-cluster/tools

go 1.24
