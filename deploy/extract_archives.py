"""What spark-submit runs; docs/at-scale.md has the command."""

from newscrawl.scale.job import main

main()
