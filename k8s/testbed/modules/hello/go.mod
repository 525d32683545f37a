module dev.memoir/testbed/hello

go 1.26.0
