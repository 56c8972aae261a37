module cytoplane.dev/test-cluster/registry

go 1.24
