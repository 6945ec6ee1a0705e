"""Many sections in one process: what a file of them says (``file``), which can run (``plan``), and the run (``run``)."""
