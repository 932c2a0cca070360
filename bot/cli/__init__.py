"""The command line, `glasskin ...`: a file for each group of commands, `app` for those of the assistant itself."""
