"""`python -m search_api.cli`: the command line without `eval`."""

from search_api.cli.command_line import main

main()
