# Embeds files (pages, migrations) into the binary; see src/api/embed.
