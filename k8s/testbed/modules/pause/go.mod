module dev.memoir/testbed/pause

go 1.26.0
