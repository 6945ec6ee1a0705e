"""Many sections in one process: what a file says of them (``file``), what each will do (``plan``), and the ``run``."""
