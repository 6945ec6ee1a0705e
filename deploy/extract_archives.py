"""What spark-submit runs; docs/how-to/at-scale.md has the command."""

from newscrawl.scale.job import main

main()
