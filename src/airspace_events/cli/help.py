"""What all commands have in common: -h asks for help."""

HELP = {"help_option_names": ["-h", "--help"]}
