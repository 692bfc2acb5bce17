"""Forms of a desk: for each act what is asked, and how the answers become its body. Pure: no I/O."""
